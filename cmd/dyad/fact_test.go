package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFactIsReadAsWritten(t *testing.T) {
	for _, f := range []fact{
		newFact("Russia", "opposes", "[the plan]", "{negative, present}"),
		newFact("Sergey Lavrov", "resigned", nobody, ""),
		newFact("!Kung", "met", `\o/`, ""),
		newFact("#MeToo", "criticized", "[a {new} law]", "{past, about [the {old} one]}"),
		newFact(`\x`, "met", "A", "{past}"),
	} {
		read, err := parseFact(f.String())
		require.NoError(t, err)
		require.True(t, f.is(read), "%v is read as %v", f, read)
	}
	a, err := parseFact("Russia -met-> China")
	require.NoError(t, err)
	require.Equal(t, newFact("China", "met", "Russia", ""), a)
	for _, line := range []string{"", "Russia", "Russia -opposes->", "Russia -opposed-> Japan", "-opposes-> Japan"} {
		_, err := parseFact(line)
		require.Error(t, err, line)
	}
}
