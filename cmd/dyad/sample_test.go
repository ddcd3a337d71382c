package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// TestSampleArticle asks for what a reader takes from the article that dyad was first made for: visits, offices, a
// meeting that is only planned, talks and cooperation.
func TestSampleArticle(t *testing.T) {
	files, err := filepath.Glob("../../../shared/articles/*.txt")
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("the sample article is not here: ../shared/articles")
	}
	text, err := os.ReadFile(files[0])
	require.NoError(t, err)
	p := pipeline{engine: "dyad"}
	x, err := p.build()
	require.NoError(t, err)
	var d extract.Document
	require.NoError(t, x.Extract(extract.Article{Text: string(text), Published: seeds.Date{Year: 2019, Month: 6, Day: 4}}, &d))
	found := map[string]bool{}
	for i := range d.Relations {
		if r := &d.Relations[i]; float64(r.Confidence) >= usualConfidence {
			name := func(f extract.Filler) string {
				if f.Entity < 0 {
					return "[" + d.In(f.Span) + "]"
				}
				return d.Entities[f.Entity].Name
			}
			found[fmt.Sprintf("%s %s %s %s", name(r.Subject), r.Name, name(r.Object), r.Modality)] = true
		}
	}
	require.False(t, found["Japan urged North Korea actual"], "it insists on pressure on Pyongyang")
	for _, want := range []string{
		"Sergey Lavrov visited Japan actual", "Sergey Shoigu visited Japan actual",
		"Sergey Lavrov holdsOffice Russia actual", "Sergey Shoigu holdsOffice Russia actual",
		"Vladimir Putin holdsOffice Russia actual", "Shinzo Abe holdsOffice Japan actual",
		"Donald Trump holdsOffice United States actual", "Vladimir Putin met Shinzo Abe planned",
		"Russia negotiatedWith Japan actual", "Japan cooperatesWith United States actual",
	} {
		require.True(t, found[want], "%s: not in %v", want, found)
	}
}
