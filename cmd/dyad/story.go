package main

import (
	"math/bits"
	"unicode"
)

const (
	shingleWords = 3
	fewShingles  = 30  // below it, texts are alike by chance
	likeness     = 0.4 // share of shingles from which on two texts tell the same story
	sketchSize   = 64  // the standard error of likeness is 0.06
	bandSize     = 2   // of texts that share 4 shingles in 10, 996 in 1,000 have equal values in a band
	bands        = sketchSize / bandSize
	storyWindow  = 1 << 16 // stories that are remembered: what an agency tells in weeks
)

// A sketch stands for the words of a text (MinHash): the share of equal values in two sketches is about the share of
// shingles, runs of three words, that the texts have in common.
type sketch struct {
	least    [sketchSize]uint32
	shingles uint32
}

// sketchOf looks at letters and digits only, whatever their case.
func sketchOf(text string) *sketch {
	s := new(sketch)
	for i := range s.least {
		s.least[i] = ^uint32(0)
	}
	var words [shingleWords]uint64 // hashes of the last ones
	count, word := 0, uint64(0)
	end := func() {
		if word == 0 {
			return
		}
		copy(words[:], words[1:])
		words[shingleWords-1] = word
		word = 0
		if count++; count >= shingleWords {
			s.add(mix(mix(words[0])+words[1]) + words[2])
		}
	}
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			word = mix(word + uint64(unicode.ToLower(r)))
		} else {
			end()
		}
	}
	end()
	if count < shingleWords { // the whole text is one
		s.add(mix(mix(words[0])+words[1]) + words[2])
	}
	return s
}

// add takes a shingle in.
func (s *sketch) add(shingle uint64) {
	s.shingles++
	for i := range s.least {
		if h := uint32(mix(shingle + uint64(i)*oddPi)); h < s.least[i] {
			s.least[i] = h
		}
	}
}

// Digits of the golden ratio and of pi.
const (
	oddPhi = 0x9e3779b97f4a7c15
	oddPi  = 0x243f6a8885a308d3
)

// mix spreads what distinguishes two numbers over all bits.
func mix(x uint64) uint64 {
	hi, lo := bits.Mul64(x^oddPhi, oddPi)
	return hi ^ lo
}

// sameStory reports whether two texts tell the same story in nearly the same words. Short ones must have the same words.
func (s *sketch) sameStory(as *sketch) (equal int, same bool) {
	for i, h := range s.least {
		if h == as.least[i] {
			equal++
		}
	}
	if min(s.shingles, as.shingles) < fewShingles {
		return equal, equal == sketchSize && s.shingles == as.shingles
	}
	return equal, float64(equal) >= likeness*sketchSize
}

// stories are the last articles that were no copies: about 40 MB of memory when the window is full.
type stories struct {
	told  []story // number n is at n % storyWindow
	count int32   // numbers begin at 1
	last  [bands][storyWindow]int32
}

// A story is an article that was told first.
type story struct {
	iri string
	*sketch
	before [bands]int32 // for each band, the story before this one whose values have the same slot
}

func newStories() *stories { return &stories{told: make([]story, storyWindow)} }

// find returns the story that an article is a copy of: the one most like it, of several the first. It returns "" when
// there is none; then the article is a story itself from now on.
func (s *stories) find(iri string, text *sketch) string {
	var slots [bands]uint64
	var found int32
	most := 0
	for i := range slots {
		for _, h := range text.least[i*bandSize : (i+1)*bandSize] {
			slots[i] = mix(slots[i] + uint64(h))
		}
		slots[i] %= storyWindow
		for n := s.last[i][slots[i]]; n > max(0, s.count-storyWindow); n = s.told[n%storyWindow].before[i] {
			if equal, same := text.sameStory(s.told[n%storyWindow].sketch); same && (equal > most || equal == most && n < found) {
				found, most = n, equal
			}
		}
	}
	if found > 0 {
		return s.told[found%storyWindow].iri
	}
	s.count++
	next := story{iri: iri, sketch: text}
	for i, slot := range slots {
		next.before[i] = s.last[i][slot]
		s.last[i][slot] = s.count
	}
	s.told[s.count%storyWindow] = next
	return ""
}
