package main

import (
	"encoding/json"
	"fmt"
	"os"
)

const (
	vectorDims  = 100     // numbers in a vector; what a line of the file holds beyond them is not part of it
	vectorWords = 150_000 // the most frequent of the file's words
)

// readVectors reads the member "vectors" of a JSON object, an object of words and their vectors, most frequent word
// first. It returns the words and their vectors at length one.
func readVectors(file string) (words []string, vectors [][]float32, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	in := json.NewDecoder(f)
	if err := enterMember(in, "vectors"); err != nil {
		return nil, nil, err
	}
	for in.More() && len(words) < vectorWords {
		word, err := in.Token()
		if err != nil {
			return nil, nil, err
		}
		var v []float32
		if err := in.Decode(&v); err != nil {
			return nil, nil, err
		}
		if len(v) < vectorDims {
			return nil, nil, fmt.Errorf("byte %d: %d numbers for %v, not %d", in.InputOffset(), len(v), word, vectorDims)
		}
		v = v[:vectorDims:vectorDims]
		normalise(v)
		words, vectors = append(words, word.(string)), append(vectors, v)
	}
	return words, vectors, nil
}

// enterMember reads on to the inside of the object that is the named member of the object that begins here.
func enterMember(in *json.Decoder, name string) error {
	if err := enter(in); err != nil {
		return err
	}
	for in.More() {
		key, err := in.Token()
		if err != nil {
			return err
		}
		if key == name {
			return enter(in)
		}
		var skipped json.RawMessage
		if err := in.Decode(&skipped); err != nil {
			return err
		}
	}
	return fmt.Errorf("no member %q", name)
}

func enter(in *json.Decoder) error {
	if start, err := in.Token(); err != nil {
		return err
	} else if start != json.Delim('{') {
		return fmt.Errorf("byte %d: %v where an object should begin", in.InputOffset(), start)
	}
	return nil
}
