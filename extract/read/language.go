package read

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
)

// A LanguageError says that an article is not in English.
type LanguageError struct{ Language string }

func (e *LanguageError) Error() string {
	return fmt.Sprintf("skipped: is in %s: only English is read", e.Language)
}

const (
	languageSample = 4000 // bytes that are looked at
	languageLeast  = 120  // below it, a language is told from names and chance
)

// checkLanguage returns a LanguageError when a text is surely not in English. Where the detector wavers between two
// languages near each other, Dutch and Afrikaans, running text without one common English word is in either.
func checkLanguage(text string) error {
	text = sample(text, languageSample)
	if len(text) < languageLeast {
		return nil
	}
	common, small, all := countWords(text)
	if common*25 > all {
		return nil
	}
	info := whatlanggo.Detect(text)
	if language := info.Lang.String(); language != "" && info.Lang != whatlanggo.Eng && (info.Confidence > 0.5 || common == 0 && small*2 > all) {
		return &LanguageError{language}
	}
	return nil
}

// countWords counts the words of a text, those of them that are common in English and seldom or never words of other
// languages, and those in small letters.
func countWords(text string) (common, small, all int) {
	for word := range strings.FieldsSeq(text) {
		all++
		if r, _ := utf8.DecodeRuneInString(word); unicode.IsLower(r) {
			small++
		}
		switch word {
		case "the", "The", "and", "of", "that", "this", "with", "has", "been", "by", "from", "were", "which", "would",
			"his", "their", "they", "said", "says", "say", "after", "into",
			"who", "whose", "about", "against", "than":
			common++
		default:
			if strings.HasSuffix(word, "'s") || strings.HasSuffix(word, "’s") {
				common++
			}
		}
	}
	return common, small, all
}

// sample returns the first n bytes of a text, whole characters and without blanks at its ends.
func sample(text string, n int) string {
	if len(text) > n {
		for n > 0 && !utf8.RuneStart(text[n]) {
			n--
		}
		text = text[:n]
	}
	return strings.TrimFunc(text, unicode.IsSpace)
}
