package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/graph"
)

// storiesName is the file, in a folder of results, that has a sketch of each article, in the order of the inputs' names.
const storiesName = "stories.jsonl"

// A storyLog tells which articles are copies. It goes through the inputs in the order of their names, so that what is a
// copy of what does not depend on which came first; articles of inputs that are not read it knows from the file that
// the run before wrote, and writes the next one as it goes. All that is held are the last stories.
type storyLog struct {
	path    string
	stories *stories
	old     *bufio.Reader
	file    *os.File
	ahead   storyLine // where the next input begins in old; Source is "" at its end
	new     *output
	err     error // the first one in writing
}

// A storyLine begins an input, or is one of its articles.
type storyLine struct {
	Source  string `json:"source,omitempty"`
	SHA256  string `json:"sha256,omitempty"` // of the input, as in the manifest
	Made    string `json:"made,omitempty"`
	Article string `json:"article,omitempty"` // IRI
	Sketch  []byte `json:"sketch,omitempty"`
}

func openStoryLog(dir string) (*storyLog, error) {
	l := &storyLog{path: filepath.Join(dir, storiesName), stories: newStories()}
	var err error
	switch l.file, err = os.Open(l.path); {
	case err == nil:
		l.old = bufio.NewReaderSize(l.file, 64<<10)
	case errors.Is(err, fs.ErrNotExist):
		l.old = bufio.NewReader(bytes.NewReader(nil))
	default:
		return nil, fmt.Errorf("%s: %w", l.path, cause(err))
	}
	if l.new, err = newOutput(l.path, nil); err == nil {
		err = l.next()
	}
	if err != nil {
		l.abandon()
		return nil, err
	}
	return l, nil
}

// next reads up to where an input begins.
func (l *storyLog) next() error {
	for {
		line, err := l.line()
		if err != nil || line.Article == "" {
			l.ahead = line
			return err
		}
	}
}

// line reads a line of the old file. Behind the last one it returns an empty line.
func (l *storyLog) line() (line storyLine, err error) {
	text, err := l.old.ReadBytes('\n')
	if err == io.EOF && len(text) == 0 {
		return line, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &line)
	}
	if err == nil && (line.Source == "") == (line.Article == "") {
		err = errors.New("neither input nor article")
	}
	if err != nil {
		err = fmt.Errorf("%s: is damaged: remove it, it is made anew: %w", l.path, cause(err))
	}
	return line, err
}

// recall tells the copies among the articles of an input that is as it was. It returns nil when they are not known.
func (l *storyLog) recall(source, sha256, made string) (*copies, error) {
	for l.ahead.Source != "" && l.ahead.Source < source {
		if err := l.next(); err != nil {
			return nil, err
		}
	}
	if l.ahead.Source != source || l.ahead.SHA256 != sha256 || l.ahead.Made != made {
		return nil, nil
	}
	found := newCopies()
	l.begin(source, sha256, made)
	for {
		line, err := l.line()
		if err != nil || line.Article == "" {
			l.ahead = line
			return found, err
		}
		s, err := parseSketch(line.Sketch)
		if err != nil {
			return nil, fmt.Errorf("%s: is damaged: remove it, it is made anew: %w", l.path, err)
		}
		found.add(l.tell(line.Article, s))
	}
}

// begin says of which input the next articles are.
func (l *storyLog) begin(source, sha256, made string) {
	l.write(storyLine{Source: source, SHA256: sha256, Made: made})
}

// find tells of which article this one is a copy: "" for none.
func (l *storyLog) find(a extract.Article) string {
	return l.tell(graph.ArticleIRI(a), sketchOf(a.Text))
}

func (l *storyLog) tell(iri string, s *sketch) string {
	l.write(storyLine{Article: iri, Sketch: s.bytes()})
	if story := l.stories.find(iri, s); story != iri {
		return story
	}
	return "" // the same article once more
}

func (l *storyLog) write(line storyLine) {
	text, err := json.Marshal(line)
	if err == nil {
		_, err = l.new.Write(append(text, '\n'))
	}
	if l.err == nil && err != nil {
		l.err = l.new.explain(err)
	}
}

// commit puts the new file in the old one's place.
func (l *storyLog) commit() error {
	err := errors.Join(l.err, l.new.finish())
	if err == nil {
		err = l.new.commit()
	}
	if err != nil {
		l.new.abandon()
	}
	return errors.Join(err, l.closeOld())
}

func (l *storyLog) abandon() {
	if l.new != nil {
		l.new.abandon()
	}
	_ = l.closeOld() // it was only read
}

func (l *storyLog) closeOld() error {
	if l.file == nil {
		return nil
	}
	return l.file.Close()
}

func (s *sketch) bytes() []byte {
	text := make([]byte, 0, 4+4*sketchSize)
	text = binary.LittleEndian.AppendUint32(text, s.shingles)
	for _, h := range s.least {
		text = binary.LittleEndian.AppendUint32(text, h)
	}
	return text
}

func parseSketch(text []byte) (*sketch, error) {
	s := new(sketch)
	if len(text) != 4+4*sketchSize {
		return nil, errors.New("a sketch has another size")
	}
	s.shingles = binary.LittleEndian.Uint32(text)
	for i := range s.least {
		s.least[i] = binary.LittleEndian.Uint32(text[4+4*i:])
	}
	return s, nil
}

// copies are those among the articles of an input.
type copies struct {
	articles int
	of       map[int]string // by the number of the article: the story that it is a copy of
	sum      hash.Hash
}

func newCopies() *copies { return &copies{of: map[int]string{}, sum: sha256.New()} }

// add adds the next article, a copy of a story, or of "".
func (c *copies) add(story string) {
	if story != "" {
		c.of[c.articles] = story
		fmt.Fprintf(c.sum, "%d %s\n", c.articles, story)
	}
	c.articles++
}

// hash is the same for the same copies of the same stories, and "" for none.
func (c *copies) hash() string {
	if len(c.of) == 0 {
		return ""
	}
	return hex.EncodeToString(c.sum.Sum(nil)[:16])
}
