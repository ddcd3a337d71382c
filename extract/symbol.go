package extract

// A Symbol stands for a word: below the size of the Lexicon it is one of the words that rules and stages know by
// heart, above it a word of this article only. 0 is no word.
type Symbol uint32

// A Lexicon is a fixed list of words that an Extractor compiles once, so that rules compare numbers, not strings.
// It never changes after that and is shared by all Documents.
type Lexicon struct {
	ids   map[string]Symbol
	words []string
}

// NewLexicon returns a lexicon of those words; duplicates are dropped.
func NewLexicon(words []string) *Lexicon {
	l := &Lexicon{ids: make(map[string]Symbol, len(words)+1), words: make([]string, 1, len(words)+1)}
	for _, w := range words {
		if _, ok := l.ids[w]; !ok && w != "" {
			l.ids[w] = Symbol(len(l.words))
			l.words = append(l.words, w)
		}
	}
	return l
}

// Find returns the symbol of a word, 0 when the lexicon lacks it.
func (l *Lexicon) Find(word string) Symbol { return l.ids[word] }

// Len is one more than the highest symbol.
func (l *Lexicon) Len() int { return len(l.words) }

// Symbols are the words of one Document: the shared lexicon's and the article's own. The zero value has no lexicon.
type Symbols struct {
	base  *Lexicon
	ids   map[string]Symbol
	words []string
}

// Use sets the lexicon; it empties the article's own words.
func (s *Symbols) Use(base *Lexicon) { s.base = base; s.reset() }

// Add returns the word's symbol, making one where there is none.
func (s *Symbols) Add(word string) Symbol {
	if word == "" {
		return 0
	}
	if s.base != nil {
		if id := s.base.ids[word]; id != 0 {
			return id
		}
	}
	if id := s.ids[word]; id != 0 {
		return id
	}
	if s.ids == nil {
		s.ids = make(map[string]Symbol)
	}
	id := Symbol(s.size() + len(s.words))
	s.ids[word] = id
	s.words = append(s.words, word)
	return id
}

// AddBytes is Add for a word that is not a string yet; it makes one only when the word is new.
func (s *Symbols) AddBytes(word []byte) Symbol {
	if s.base != nil {
		if id := s.base.ids[string(word)]; id != 0 {
			return id
		}
	}
	if id := s.ids[string(word)]; id != 0 {
		return id
	}
	return s.Add(string(word))
}

// Text returns the word of a symbol.
func (s *Symbols) Text(id Symbol) string {
	if n := Symbol(s.size()); id >= n {
		return s.words[id-n]
	}
	if id == 0 {
		return ""
	}
	return s.base.words[id]
}

func (s *Symbols) size() int {
	if s.base == nil {
		return 1
	}
	return len(s.base.words)
}

func (s *Symbols) reset() {
	clear(s.ids)
	s.words = s.words[:0]
}

// knows reports whether the lexicon has the word.
func (s *Symbols) knows(word []byte) bool { return s.base != nil && s.base.ids[string(word)] != 0 }

// Find returns the word's symbol, 0 when neither the lexicon nor the article has it.
func (s *Symbols) Find(word string) Symbol {
	if s.base != nil {
		if id := s.base.ids[word]; id != 0 {
			return id
		}
	}
	return s.ids[word]
}
