package graph

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
)

// A journal passes graphs on to a sink and writes down which articles it has, so that a run that was cut off goes on
// where it stopped.
type journal struct {
	sink    Sink
	file    *os.File
	done    map[digest]digest // content by article
	pending []byte            // lines of articles that the sink may still keep back
	waiting int
	buf     []byte
}

type digest [16]byte

// journalEvery is how many articles are loaded between two lines of the journal being certain.
const journalEvery = 100

// WithJournal returns a sink that skips what the journal at path has: articles that were loaded before into the same
// target with the same content. target is what the journal is for; a journal for another one is an error. The file is
// made when there is none.
func WithJournal(sink Sink, path, target string) (Sink, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	j := &journal{sink: sink, file: f, done: map[digest]digest{}}
	if err := j.read(journalHead + strings.ReplaceAll(target, "\n", " ") + "\n"); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return j, nil
}

const journalHead = "dyad journal of "

// read takes in the lines of the journal, which begins with head. A last line that was cut off is overwritten.
func (j *journal) read(head string) error {
	r := bufio.NewReader(j.file)
	size := int64(0)
	for n := 0; ; n++ {
		line, err := r.ReadString('\n')
		if err != nil { // the end, perhaps within a line
			break
		}
		switch article, content, ok := journalLine(line); {
		case n == 0 && line != head:
			return fmt.Errorf("a journal of another target: %q; give another file, or delete it to load everything again",
				strings.TrimSpace(strings.TrimPrefix(line, journalHead)))
		case n > 0 && !ok:
			return fmt.Errorf("line %d is no line of a journal; delete the file to load everything again", n+1)
		case n > 0:
			j.done[article] = content
		}
		size += int64(len(line))
	}
	if err := j.file.Truncate(size); err != nil {
		return err
	}
	if _, err := j.file.Seek(size, 0); err != nil {
		return err
	}
	if size == 0 {
		_, err := j.file.WriteString(head)
		return err
	}
	return nil
}

func journalLine(line string) (article, content digest, ok bool) {
	a, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
	b, _, _ := strings.Cut(rest, " ")
	n, err1 := hex.Decode(article[:], []byte(a[:min(len(a), 32)]))
	m, err2 := hex.Decode(content[:], []byte(b[:min(len(b), 32)]))
	return article, content, err1 == nil && err2 == nil && n == 16 && m == 16
}

func (j *journal) Load(ctx context.Context, g *Graph) error {
	j.buf = g.AppendNTriples(j.buf[:0])
	content, article := short(j.buf), short([]byte(g.Article.IRI))
	if j.done[article] == content {
		return nil
	}
	if err := j.sink.Load(ctx, g); err != nil {
		return err
	}
	j.done[article] = content
	j.pending = fmt.Appendf(j.pending, "%x %x %s\n", article, content, g.Article.IRI)
	if j.waiting++; j.waiting < journalEvery {
		return nil
	}
	return j.Flush(ctx)
}

func short(content []byte) digest {
	sum := sha256.Sum256(content)
	return digest(sum[:])
}

func (j *journal) Flush(ctx context.Context) error {
	if err := j.sink.Flush(ctx); err != nil {
		return err
	}
	_, err := j.file.Write(j.pending)
	j.pending, j.waiting = j.pending[:0], 0
	return err
}

func (j *journal) Close() error {
	err := j.Flush(context.Background())
	if closed := j.sink.Close(); err == nil {
		err = closed
	}
	if closed := j.file.Close(); err == nil {
		err = closed
	}
	return err
}
