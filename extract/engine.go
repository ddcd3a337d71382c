package extract

import (
	"io/fs"

	"github.com/dyad-kg/dyad/seeds"
)

// dyadEngine is dyad's own engine: tokenizer, syntax and recognizer, trained on the treebanks and newswire that
// docs/models.md names.
type dyadEngine struct {
	tokenize  tokenizer
	syntax    *syntax
	recognize *recognizer
}

func newDyadEngine(models fs.FS, s *syntax, c *clusters, k *seeds.Knowledge) (*dyadEngine, error) {
	r, err := newRecognizer(models, c, k)
	return &dyadEngine{syntax: s, recognize: r}, err
}

func (e *dyadEngine) annotate(d *Document) error {
	e.tokenize.tokenize(d)
	e.syntax.annotate(d)
	e.recognize.recognize(d)
	return nil
}
