package extract

import (
	"io/fs"

	"github.com/dyad-kg/dyad/seeds"
)

// dyadEngine is dyad's own engine: tokenizer, tagger and recognizer, trained on the treebanks and newswire that
// docs/models.md names.
type dyadEngine struct {
	tokenize  tokenizer
	tag       *tagger
	recognize *recognizer
}

func newDyadEngine(models fs.FS, c *clusters, k *seeds.Knowledge) (*dyadEngine, error) {
	e := &dyadEngine{}
	var err error
	if e.tag, err = newTagger(models, c); err != nil {
		return nil, err
	}
	e.recognize, err = newRecognizer(models, c, k)
	return e, err
}

func (e *dyadEngine) annotate(d *Document) error {
	e.tokenize.tokenize(d)
	e.tag.tag(d)
	e.recognize.recognize(d)
	return nil
}
