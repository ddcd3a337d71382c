package extract

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/seeds"
)

// TestActors reads short articles by the whole pipeline and looks at whom the arguments of a relation mean.
func TestActors(t *testing.T) {
	fsys, err := seeds.FS("")
	require.NoError(t, err)
	x, err := New(Options{Seeds: fsys})
	require.NoError(t, err)
	for _, c := range []struct{ text, want string }{
		{"The government in Nairobi accused Sudan of piracy. Kenya is worried.", "Kenya accused Sudan"},
		{"Norwegian intelligence officials accused Sudan of piracy.", "Norway accused Sudan"},
		{"European governments accused Sudan of piracy.", "Europe accused Sudan"},
		{"Angela Merkel met several leaders, including Vladimir Putin and Shinzo Abe.", "Angela Merkel met Shinzo Abe"},
		{"The Kenyan army says it attacked Somalia.", "Kenya attacked Somalia"},
		{"Despite assurances from Japan that the radars only guarantee Japan's defence, Russia studied the plan and considers it a risk.",
			"Russia opposes plan"},
		{"A number of protesters criticized Norway.", "protester criticized Norway"},
		{"Sudanese rebel leaders accused Kenya of piracy.", "leader accused Kenya"},
		{"Norway supports the Fatah movement.", "Norway supports Fatah"},
		{"Norwegian Prime Minister Jonas Gahr Store visited Denmark to meet his counterpart.", "Jonas Gahr Store met Denmark"},
		{"Norway rejected the plan and denounced it.", "Norway criticized plan"},
		{"Kenyan troops completed their withdrawal from Somalia.", "Kenya withdrewFrom Somalia"},
		{"Kenya's ambassador says his government will withdraw from Somalia.", "Kenya withdrewFrom Somalia"},
		{"Norway criticized the three neighbours, Kenya, Sudan and Chad.", "Norway criticized Sudan"},
		{"Two men were arrested by police in Kenya on Monday. Norway and Sudan protested.", "Kenya arrested man"},
		{"German Chancellor Angela Merkel spoke on Monday. Mrs. Merkel's government accused Sudan of piracy.", "Germany accused Sudan"},
	} {
		var d Document
		require.NoError(t, x.Extract(Article{Text: c.text}, &d))
		var got []string
		for i := range d.Relations {
			r := &d.Relations[i]
			got = append(got, name(&d, r.Subject)+" "+r.Name+" "+name(&d, r.Object))
		}
		require.True(t, slices.Contains(got, c.want), "%s\nwant %s\ngot %q", c.text, c.want, got)
	}
}

// name is the entity of a filler, or the head word of a phrase.
func name(d *Document, f Filler) string {
	if f.Entity >= 0 {
		return d.Entities[f.Entity].Name
	}
	return d.Symbols.Text(d.Tokens[f.Head].Lemma)
}

// TestTopic reads what is insisted on as the object, and not as the topic too.
func TestTopic(t *testing.T) {
	fsys, err := seeds.FS("")
	require.NoError(t, err)
	x, err := New(Options{Seeds: fsys})
	require.NoError(t, err)
	for text, want := range map[string]string{
		"France insisted on an inquiry.":          "",
		"France criticized Iran over the launch.": "the launch",
	} {
		var d Document
		require.NoError(t, x.Extract(Article{Text: text}, &d))
		require.NotEmpty(t, d.Relations, text)
		require.Equal(t, want, d.In(d.Relations[0].Topic), text)
	}
}
