package bolt

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"net"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// A server is a database for tests: it speaks Bolt 4.4 and has an engine run what it is sent.
type server struct {
	listener net.Listener
	user     [2]string // name and password; anybody may write without a name

	mu     sync.Mutex // held by a transaction
	engine engine
	before func(statement string) (code string) // refuses a statement; "die" breaks the connection off
}

// An engine keeps what a database holds. It has one transaction at a time.
type engine interface {
	begin()
	execute(statement string, rows []any) (answers []any, err error)
	commit()
	rollback()

	facts() []string                // of the statements, spelled by sinktest.Fact
	entities() []string             // spelled by sinktest.Entity
	labelled(label string) []string // IRIs of nodes
}

func newServer(t *testing.T, e engine) *server {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &server{listener: l, engine: e}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(c)
		}
	}()
	return s
}

func (s *server) address() string { return "bolt://" + s.listener.Addr().String() }

// A peer is a connection: its transaction and what it is to be told next.
type peer struct {
	in       *bufio.Reader
	out      io.Writer
	failed   bool
	open     bool // a transaction
	answers  []any
	messages []byte
}

func (s *server) serve(c net.Conn) {
	defer c.Close()
	p := &peer{in: bufio.NewReader(c), out: c}
	defer s.rollback(p)
	var hello [20]byte
	if _, err := io.ReadFull(p.in, hello[:]); err != nil || binary.BigEndian.Uint32(hello[:]) != 0x6060B017 {
		return
	}
	if _, err := c.Write([]byte{0, 0, 4, 4}); err != nil {
		return
	}
	for {
		message, err := p.read()
		if err != nil || !s.answer(p, message) {
			return
		}
	}
}

const (
	success, record, ignored, failure = 0x70, 0x71, 0x7E, 0x7F
	hello, goodbye, reset, run        = 0x01, 0x02, 0x0F, 0x10
	begin, commit, rollback, pull     = 0x11, 0x12, 0x13, 0x3F
)

// answer does what a message asks and reports whether to go on.
func (s *server) answer(p *peer, m structure) bool {
	if p.failed && m.tag != reset && m.tag != goodbye {
		return p.tell(ignored)
	}
	switch m.tag {
	case hello:
		who, _ := m.fields[0].(map[string]any)
		if s.user[0] != "" && (who["principal"] != s.user[0] || who["credentials"] != s.user[1]) {
			p.fail("Neo.ClientError.Security.Unauthorized")
			return false
		}
		return p.tell(success, map[string]any{"server": "Neo4j/4.4.0", "connection_id": "bolt-1"})
	case reset:
		s.rollback(p)
		p.failed = false
	case begin:
		s.mu.Lock()
		p.open = true
		s.engine.begin()
	case run:
		statement, _ := m.fields[0].(string)
		parameters, _ := m.fields[1].(map[string]any)
		rows, _ := parameters["rows"].([]any)
		if len(rows) > maxRows || !p.open {
			return p.fail("Neo.ClientError.Request.Invalid")
		}
		if s.before != nil {
			if code := s.before(statement); code == "die" {
				return false
			} else if code != "" {
				return p.fail(code)
			}
		}
		var err error
		if p.answers, err = s.engine.execute(statement, rows); err != nil {
			return p.fail("Neo.ClientError.Statement.SyntaxError: " + err.Error())
		}
		return p.tell(success, map[string]any{"fields": []any{"answer"}})
	case pull:
		for _, a := range p.answers {
			p.tell(record, []any{a})
		}
	case commit:
		p.open = false
		s.engine.commit()
		s.mu.Unlock()
	case rollback:
		s.rollback(p)
	case goodbye:
		return false
	default:
		return p.fail("Neo.ClientError.Request.Invalid")
	}
	return p.tell(success, map[string]any{})
}

func (s *server) rollback(p *peer) {
	if p.open {
		p.open = false
		s.engine.rollback()
		s.mu.Unlock()
	}
}

// refuse sets what is asked before each statement.
func (s *server) refuse(before func(statement string) (code string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = before
}

func (s *server) facts() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.engine.facts()
}

func (s *server) entities() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.engine.entities()
}

func (s *server) labelled(label string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.engine.labelled(label)
}

// tell sends a message and reports whether it was sent.
func (p *peer) tell(tag byte, fields ...any) bool {
	b := pack(nil, structure{tag, fields})
	out := p.messages[:0]
	for chunk := range slices.Chunk(b, math.MaxUint16) {
		out = binary.BigEndian.AppendUint16(out, uint16(len(chunk)))
		out = append(out, chunk...)
	}
	_, err := p.out.Write(append(out, 0, 0))
	p.messages = out
	return err == nil
}

func (p *peer) fail(code string) bool {
	p.failed = true
	return p.tell(failure, map[string]any{"code": code, "message": "refused by the test"})
}

// read reads a message: chunks up to an empty one.
func (p *peer) read() (structure, error) {
	var message []byte
	for {
		var size [2]byte
		if _, err := io.ReadFull(p.in, size[:]); err != nil {
			return structure{}, err
		}
		n := int(binary.BigEndian.Uint16(size[:]))
		if n == 0 && len(message) > 0 {
			break
		}
		chunk := make([]byte, n)
		if _, err := io.ReadFull(p.in, chunk); err != nil {
			return structure{}, err
		}
		message = append(message, chunk...)
	}
	u := &unpacker{message}
	m, ok := u.value().(structure)
	if !ok {
		return structure{}, fmt.Errorf("no message: %x", message)
	}
	return m, nil
}

// A structure is PackStream's; messages are structures.
type structure struct {
	tag    byte
	fields []any
}

// pack writes PackStream, of strings, lists, maps and structures; that is all that the server says.
func pack(dst []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		dst = append(binary.BigEndian.AppendUint32(append(dst, 0xD2), uint32(len(v))), v...)
	case []any:
		dst = binary.BigEndian.AppendUint32(append(dst, 0xD6), uint32(len(v)))
		for _, e := range v {
			dst = pack(dst, e)
		}
	case map[string]any:
		dst = binary.BigEndian.AppendUint32(append(dst, 0xDA), uint32(len(v)))
		for k, e := range v {
			dst = pack(pack(dst, k), e)
		}
	case structure:
		dst = append(dst, 0xB0+byte(len(v.fields)), v.tag)
		for _, f := range v.fields {
			dst = pack(dst, f)
		}
	default:
		dst = append(dst, 0xC0)
	}
	return dst
}

// An unpacker reads PackStream.
type unpacker struct{ rest []byte }

// number reads a big-endian number of some bytes.
func (u *unpacker) number(size int) (n uint64) {
	for _, b := range u.rest[:size] {
		n = n<<8 | uint64(b)
	}
	u.rest = u.rest[size:]
	return n
}

func (u *unpacker) value() any {
	marker := byte(u.number(1))
	switch high, low := marker>>4, int(marker&15); {
	case marker <= 0x7F || high == 0xF:
		return int64(int8(marker))
	case high == 0x8:
		return u.text(low)
	case high == 0x9:
		return u.list(low)
	case high == 0xA:
		return u.entries(low)
	case high == 0xB:
		tag := byte(u.number(1))
		return structure{tag, u.list(low)}
	}
	size := 1 << (marker & 3) // of a number, or of a length
	switch marker {
	case 0xC1:
		return math.Float64frombits(u.number(8))
	case 0xC2, 0xC3:
		return marker == 0xC3
	case 0xC8, 0xC9, 0xCA, 0xCB:
		shift := 64 - 8*size
		return int64(u.number(size)) << shift >> shift
	case 0xD0, 0xD1, 0xD2:
		return u.text(int(u.number(size)))
	case 0xD4, 0xD5, 0xD6:
		return u.list(int(u.number(size)))
	case 0xD8, 0xD9, 0xDA:
		return u.entries(int(u.number(size)))
	}
	return nil
}

func (u *unpacker) text(n int) string {
	s := string(u.rest[:n])
	u.rest = u.rest[n:]
	return s
}

func (u *unpacker) list(n int) []any {
	l := make([]any, n)
	for i := range l {
		l[i] = u.value()
	}
	return l
}

func (u *unpacker) entries(n int) map[string]any {
	m := make(map[string]any, n)
	for range n {
		k, _ := u.value().(string)
		m[k] = u.value()
	}
	return m
}
