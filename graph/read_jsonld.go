package graph

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// readJSONLD reads JSON-LD in the form that dyad writes: documents one after another, each with its context first and
// then a list of named graphs, or one named graph, or nodes. It is no JSON-LD processor; other forms are errors.
func readJSONLD(in *bufio.Reader, _ Options) (func() (*Graph, error), error) {
	r := &jsonldReader{d: json.NewDecoder(in), nodes: newRestorer()}
	r.d.UseNumber()
	return func() (*Graph, error) {
		g, err := r.next()
		if err != nil && !errors.Is(err, io.EOF) {
			err = fmt.Errorf("byte %d: %w", r.d.InputOffset(), err)
		}
		return g, err
	}, nil
}

type jsonldReader struct {
	d        *json.Decoder
	nodes    *restorer
	prefixes map[string]string
	coerced  map[string]string // datatype or "@id" by property

	inside bool   // within a document's @graph
	name   string // of the document's own graph
	plain  bool   // nodes of no graph were read in this document
}

func (r *jsonldReader) next() (*Graph, error) {
	for {
		if !r.inside {
			if err := r.begin(); err != nil {
				return nil, err
			}
		}
		for r.d.More() {
			if g, err := r.element(); g != nil || err != nil {
				return g, err
			}
		}
		r.inside = false
		if err := r.expect(json.Delim(']'), json.Delim('}')); err != nil {
			return nil, err
		}
		if r.plain {
			return r.nodes.restore(r.name)
		}
	}
}

// begin reads a document up to the elements of its @graph.
func (r *jsonldReader) begin() error {
	r.name, r.plain, r.prefixes, r.coerced = "", false, nil, nil
	token, err := r.d.Token()
	if err != nil {
		return err // io.EOF after the last document
	}
	if token != json.Delim('{') {
		return errors.New("want a JSON-LD document")
	}
	for {
		key, err := r.d.Token()
		if err != nil {
			return unexpected(err)
		}
		switch key {
		case "@context":
			if err := r.context(); err != nil {
				return err
			}
		case "@id":
			var id string
			if err := r.d.Decode(&id); err != nil {
				return unexpected(err)
			}
			if r.name, err = r.iri(id); err != nil {
				return err
			}
		case "@graph":
			r.inside = true
			return r.expect(json.Delim('['))
		default:
			return fmt.Errorf("want @context and @graph, as dyad writes them, not %v", key)
		}
	}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (r *jsonldReader) expect(delims ...json.Delim) error {
	for _, want := range delims {
		token, err := r.d.Token()
		if err != nil {
			return unexpected(err)
		}
		if token != want {
			return fmt.Errorf("want %v, not %v", want, token)
		}
	}
	return nil
}

// context takes prefixes and datatypes from a context, or dyad's own when there is but its address.
func (r *jsonldReader) context() error {
	var raw json.RawMessage
	if err := r.d.Decode(&raw); err != nil {
		return unexpected(err)
	}
	if len(raw) > 0 && raw[0] == '"' {
		raw = appendContext(nil, DefaultBase)
	}
	var terms map[string]any
	if err := json.Unmarshal(raw, &terms); err != nil {
		return fmt.Errorf("@context: %w", err)
	}
	r.prefixes, r.coerced = map[string]string{}, map[string]string{}
	for name, definition := range terms {
		switch definition := definition.(type) {
		case string:
			r.prefixes[name] = definition
		case map[string]any:
			if id, ok := definition["@id"].(string); ok {
				r.prefixes[name] = id
			}
		}
	}
	for name, definition := range terms {
		if definition, ok := definition.(map[string]any); ok {
			if datatype, ok := definition["@type"].(string); ok {
				property, err := r.iri(name)
				if err == nil && datatype != "@id" {
					datatype, err = r.iri(datatype)
				}
				if err != nil {
					return err
				}
				r.coerced[property] = datatype
			}
		}
	}
	return nil
}

// iri spells out an IRI that a prefix abbreviates.
func (r *jsonldReader) iri(s string) (string, error) {
	prefix, local, found := strings.Cut(s, ":")
	if namespace, ok := r.prefixes[prefix]; ok && !strings.HasPrefix(local, "//") {
		s = namespace + local
	}
	p := &quadParser{rest: "<" + s + ">"}
	if p.iri(); p.err != nil || !found || p.rest != "" {
		return "", fmt.Errorf("%.60q is no IRI", s)
	}
	return s, nil
}

// element reads an element of @graph: a named graph, which it returns, or a node.
func (r *jsonldReader) element() (*Graph, error) {
	var e map[string]any
	if err := r.d.Decode(&e); err != nil {
		return nil, unexpected(err)
	}
	elements, named := e["@graph"].([]any)
	if !named {
		r.plain = true
		return nil, r.node(e)
	}
	if r.plain || r.name != "" {
		return nil, errors.New("a named graph among the nodes of another")
	}
	id, _ := e["@id"].(string)
	name, err := r.iri(id)
	if err != nil {
		return nil, err
	}
	for _, n := range elements {
		n, _ := n.(map[string]any)
		if err := r.node(n); err != nil {
			return nil, err
		}
	}
	return r.nodes.restore(name)
}

// node notes the quads of a node object.
func (r *jsonldReader) node(n map[string]any) error {
	id, _ := n["@id"].(string)
	subject, err := r.iri(id)
	if err != nil {
		return fmt.Errorf("a node's @id: %w", err)
	}
	for _, t := range list(n["@type"]) {
		class, _ := t.(string)
		iri, err := r.iri(class)
		if err != nil {
			return fmt.Errorf("a node's @type: %w", err)
		}
		r.nodes.add(subject, rdfType, Term{Value: iri})
	}
	keys := make([]string, 0, len(n))
	for k := range n {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		if k == "@id" || k == "@type" {
			continue
		}
		property, err := r.iri(k)
		if err != nil {
			return err
		}
		for _, v := range list(n[k]) {
			term, err := r.term(v, r.coerced[property])
			if err != nil {
				return fmt.Errorf("<%s> %s: %w", subject, k, err)
			}
			r.nodes.add(subject, property, term)
		}
	}
	return nil
}

// list is a value as a list: JSON-LD writes a list of one without brackets.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// term reads a value whose property is coerced to a datatype, "@id", or nothing ("").
func (r *jsonldReader) term(v any, coerced string) (Term, error) {
	switch v := v.(type) {
	case string:
		switch coerced {
		case "@id":
			iri, err := r.iri(v)
			return Term{Value: iri}, err
		case "":
			return Term{v, xsdString}, nil
		}
		return Term{v, coerced}, nil
	case json.Number:
		if strings.Trim(string(v), "0123456789") == "" {
			return Term{string(v), xsdInteger}, nil
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && len(v) == 1 {
			iri, err := r.iri(id)
			return Term{Value: iri}, err
		}
		value, ok1 := v["@value"].(string)
		datatype, ok2 := v["@type"].(string)
		if ok1 && ok2 && len(v) == 2 {
			iri, err := r.iri(datatype)
			return Term{value, iri}, err
		}
	}
	return Term{}, fmt.Errorf("%v is no value that dyad writes", v)
}
