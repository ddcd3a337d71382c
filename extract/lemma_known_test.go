package extract

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Words of the lexicon are recognised in every regular form, whatever the treebanks taught.
func TestKnownLemma(t *testing.T) {
	var d Document
	d.Symbols.Use(NewLexicon([]string{"boycott", "invade", "aid", "aide", "ally", "hop", "hope", "ship", "free", "die", "force", "attack", "bus", "gunman"}))
	l := &lemmatizer{irregular: irregularForms()}
	for _, c := range []struct {
		word string
		tag  Tag
		want string
	}{
		{"boycotted", TagVBD, "boycott"}, {"invading", TagVBG, "invade"}, {"aided", TagVBN, "aid"}, {"allied", TagVBN, "ally"},
		{"hoped", TagVBD, "hope"}, {"hopping", TagVBG, "hop"}, {"shipped", TagVBD, "ship"}, {"freed", TagVBN, "free"},
		{"threw", TagVBD, "throw"}, {"withdrawn", TagVBN, "withdraw"}, {"allies", TagNNS, "ally"}, {"forces", TagNNS, "force"},
		{"buses", TagNNS, "bus"}, {"attacks", TagVBZ, "attack"}, {"gunmen", TagNNS, "gunman"}, {"gunmen", TagNN, "gunman"}, {"women", TagNNS, ""}, {"frobbed", TagVBD, ""}, {"ed", TagVBD, ""},
	} {
		var buf [maxLetters]byte
		require.Equal(t, c.want, string(l.known(&d.Symbols, []byte(c.word), c.tag, buf[:0])), c.word)
	}
}
