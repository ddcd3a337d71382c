package sparql

import (
	"bufio"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// Credentials are a user's name and password; without a name, nobody's.
type Credentials struct{ Name, Password string }

// The environment variables that hold them.
const (
	userVariable     = "DYAD_STORE_USER"
	passwordVariable = "DYAD_STORE_PASSWORD"
)

// FindCredentials looks in the environment, DYAD_STORE_USER and DYAD_STORE_PASSWORD, and then in the netrc file, $NETRC
// or ~/.netrc, for the host. They never come from the command line, where others see them and histories keep them.
func FindCredentials(host string) (Credentials, error) {
	if name := os.Getenv(userVariable); name != "" {
		return Credentials{name, os.Getenv(passwordVariable)}, nil
	}
	path := os.Getenv("NETRC")
	if path == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return Credentials{}, nil // nobody has a netrc without a home
		}
		path = filepath.Join(home, ".netrc")
	}
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) && os.Getenv("NETRC") == "" {
		return Credentials{}, nil
	} else if err != nil {
		return Credentials{}, err
	}
	defer f.Close()
	return readNetrc(f, host)
}

// readNetrc finds the entry of a host, or the default one.
func readNetrc(r io.Reader, host string) (Credentials, error) {
	var found Credentials
	in, macro := false, false
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if macro = macro && len(words) > 0; macro {
			continue // a macro ends with an empty line
		}
		for i := 0; i < len(words) && words[i][0] != '#'; i++ {
			value := ""
			if i+1 < len(words) {
				value = words[i+1]
			}
			switch words[i] {
			case "machine", "default":
				if in {
					return found, nil // the first entry that fits
				}
				in = words[i] == "default" || value == host
			case "macdef":
				macro = true
			case "login":
				if in {
					found.Name = value
				}
			case "password":
				if in {
					found.Password = value
				}
			case "account":
			default:
				continue
			}
			if words[i] != "default" {
				i++ // the value
			}
		}
	}
	return found, lines.Err()
}

// An authorizer adds to a request who we are.
type authorizer interface{ authorize(req *http.Request) }

// answer picks the safest of the ways that a store offers to be told who we are.
func answer(challenges []string, user Credentials) (authorizer, error) {
	var best authorizer
	rank := 0
	for _, c := range challenges {
		scheme, rest, _ := strings.Cut(strings.TrimSpace(c), " ")
		switch strings.ToLower(scheme) {
		case "digest":
			d, strength := newDigest(rest, user)
			if strength > rank {
				best, rank = d, strength
			}
		case "basic":
			if rank == 0 {
				best, rank = basic(user), 1
			}
		}
	}
	if best == nil {
		return nil, fmt.Errorf("the store wants to know who we are by %s; dyad knows Digest and Basic", strings.Join(challenges, ", "))
	}
	return best, nil
}

type basic Credentials

func (b basic) authorize(req *http.Request) { req.SetBasicAuth(b.Name, b.Password) }

// A digest proves by RFC 7616 that we know the password without sending it.
type digest struct {
	user                            Credentials
	realm, nonce, opaque, algorithm string
	qop                             bool // protection "auth", as opposed to RFC 2069's none
	hash                            func() hash.Hash
	count                           int
	cnonce                          func() string
}

// newDigest reads a challenge. Its strength is 0 when we cannot answer it.
func newDigest(challenge string, user Credentials) (d *digest, strength int) {
	p := parameters(challenge)
	d = &digest{user: user, realm: p["realm"], nonce: p["nonce"], opaque: p["opaque"], algorithm: p["algorithm"], cnonce: randomNonce}
	switch strings.TrimSuffix(strings.ToUpper(d.algorithm), "-SESS") {
	case "", "MD5":
		d.hash, strength = md5.New, 2
	case "SHA-256":
		d.hash, strength = sha256.New, 3
	default:
		return nil, 0
	}
	protections, given := p["qop"]
	for _, q := range strings.Split(protections, ",") {
		d.qop = d.qop || strings.TrimSpace(q) == "auth"
	}
	if !d.qop && (given || d.session()) {
		return nil, 0
	}
	return d, strength
}

// session reports whether the key is made once for a session of requests.
func (d *digest) session() bool { return strings.HasSuffix(strings.ToUpper(d.algorithm), "-SESS") }

func randomNonce() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // it never fails
	return hex.EncodeToString(b[:])
}

// parameters reads `name="value", name=value`.
func parameters(s string) map[string]string {
	p := map[string]string{}
	for s != "" {
		name, rest, found := strings.Cut(s, "=")
		if !found {
			break
		}
		name = strings.ToLower(strings.Trim(name, " ,\t"))
		rest = strings.TrimLeft(rest, " \t")
		var value strings.Builder
		if strings.HasPrefix(rest, `"`) {
			i := 1
			for ; i < len(rest) && rest[i] != '"'; i++ {
				if rest[i] == '\\' && i+1 < len(rest) {
					i++
				}
				value.WriteByte(rest[i])
			}
			rest = rest[min(i+1, len(rest)):]
		} else {
			plain, _, _ := strings.Cut(rest, ",")
			value.WriteString(strings.TrimSpace(plain))
			rest = rest[len(plain):]
		}
		p[name] = value.String()
		s = strings.TrimLeft(rest, " ,\t")
	}
	return p
}

func (d *digest) authorize(req *http.Request) {
	h := func(s string) string {
		f := d.hash()
		io.WriteString(f, s)
		return hex.EncodeToString(f.Sum(nil))
	}
	cnonce, uri := d.cnonce(), req.URL.RequestURI()
	ha1 := h(d.user.Name + ":" + d.realm + ":" + d.user.Password)
	if d.session() {
		ha1 = h(ha1 + ":" + d.nonce + ":" + cnonce)
	}
	ha2 := h(req.Method + ":" + uri)
	d.count++
	nc := fmt.Sprintf("%08x", d.count)
	quoted := func(s string) string {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
	}
	value := "Digest username=" + quoted(d.user.Name) + ", realm=" + quoted(d.realm) + ", nonce=" + quoted(d.nonce) + ", uri=" + quoted(uri)
	if d.qop {
		value += ", qop=auth, nc=" + nc + ", cnonce=" + quoted(cnonce) +
			", response=" + quoted(h(ha1+":"+d.nonce+":"+nc+":"+cnonce+":auth:"+ha2))
	} else {
		value += ", response=" + quoted(h(ha1+":"+d.nonce+":"+ha2))
	}
	if d.algorithm != "" {
		value += ", algorithm=" + d.algorithm
	}
	if d.opaque != "" {
		value += ", opaque=" + quoted(d.opaque)
	}
	req.Header.Set("Authorization", value)
}
