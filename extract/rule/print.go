package rule

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const lineWidth = 110 // word lists are wrapped here

// String prints the file in canonical form: relations, lists, rules. Comments stay above declarations and behind
// examples; others are not part of a File.
func (f *File) String() string {
	var b strings.Builder
	if f.Doc != "" {
		writeDoc(&b, f.Doc)
		b.WriteByte('\n')
	}
	for _, r := range f.Relations {
		b.WriteString(r.String())
	}
	for _, l := range f.Lists {
		b.WriteString(l.String())
	}
	for _, r := range f.Rules {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(r.String())
	}
	return b.String()
}

func writeDoc(b *strings.Builder, doc string) {
	if doc == "" {
		return
	}
	for line := range strings.SplitSeq(doc, "\n") {
		b.WriteString(strings.TrimRight("# "+line, " ") + "\n")
	}
}

// String prints the declaration.
func (r Relation) String() string {
	var b strings.Builder
	writeDoc(&b, r.Doc)
	fmt.Fprintf(&b, "relation %s(%s, %s)", r.Name, r.Subject, r.Object)
	if r.Symmetric {
		b.WriteString(" symmetric")
	}
	if r.Plover != "" {
		b.WriteString(" class " + r.Plover)
	}
	if r.Cameo != "" {
		b.WriteString(" cameo " + r.Cameo)
	}
	b.WriteByte('\n')
	return b.String()
}

// String prints the declaration.
func (l List) String() string {
	var b strings.Builder
	writeDoc(&b, l.Doc)
	writeWords(&b, "words "+l.Name+" = ", l.Words)
	return b.String()
}

// writeWords writes a line of words after its head, going on in further lines where it gets long.
func writeWords(b *strings.Builder, head string, words []string) {
	b.WriteString(head)
	width := utf8.RuneCountInString(head)
	for i, w := range words {
		if n := utf8.RuneCountInString(w); i > 0 {
			b.WriteByte(',')
			if width += n + 2; width > lineWidth {
				b.WriteString("\n\t\t")
				width = n
			} else {
				b.WriteByte(' ')
			}
		}
		b.WriteString(w)
	}
	b.WriteByte('\n')
}

// String prints the rule with everything that belongs to it.
func (r Rule) String() string {
	var b strings.Builder
	writeDoc(&b, r.Doc)
	fmt.Fprintf(&b, "rule %s -> %s(%s)\n", r.Name, r.Relation, strings.Join(r.Params, ", "))
	writeTriggers(&b, r.Triggers)
	writeSlots(&b, r.Slots)
	for _, c := range r.Conds {
		writeCond(&b, c)
	}
	if r.Set.Pos != (Pos{}) {
		writeSettings(&b, r.Set)
	}
	writeExamples(&b, r.Examples)
	return b.String()
}

// writeTriggers writes a line for each run of triggers of one kind.
func writeTriggers(b *strings.Builder, triggers []Trigger) {
	for len(triggers) > 0 {
		kind := triggers[0].Kind
		var words []string
		for len(triggers) > 0 && triggers[0].Kind == kind {
			words = append(words, triggers[0].String())
			triggers = triggers[1:]
		}
		writeWords(b, fmt.Sprintf("\t%-5s ", kind), words)
	}
}

func writeSlots(b *strings.Builder, slots []Slot) {
	names, classes := make([]string, len(slots)), make([]string, len(slots))
	for i, s := range slots {
		names[i], classes[i] = s.Name+":", s.Class.String()
		if s.Optional {
			names[i] = s.Name + "?:"
		}
	}
	pad(names)
	pad(classes)
	for i, s := range slots {
		fmt.Fprintf(b, "\t%s %s = %s\n", names[i], classes[i], strings.Join(s.Roles, " | "))
	}
}

// pad brings words to one width.
func pad(words []string) {
	width := 0
	for _, w := range words {
		width = max(width, utf8.RuneCountInString(w))
	}
	for i, w := range words {
		words[i] = w + strings.Repeat(" ", width-utf8.RuneCountInString(w))
	}
}

func writeCond(b *strings.Builder, c Cond) {
	head := "\tif "
	if c.Negated {
		head = "\tnot "
	}
	if len(c.Words) == 0 {
		b.WriteString(head + c.Role + "\n")
		return
	}
	writeWords(b, head+c.Role+": ", c.Words)
}

func writeSettings(b *strings.Builder, s Settings) {
	b.WriteString("\tset  ")
	for _, f := range [][2]string{{"cameo", s.Cameo}, {"polarity", s.Polarity}, {"modality", s.Modality}} {
		if f[1] != "" {
			b.WriteString(" " + f[0] + " " + f[1])
		}
	}
	b.WriteByte('\n')
}

func writeExamples(b *strings.Builder, examples []Example) {
	texts := make([]string, len(examples))
	for i, e := range examples {
		texts[i] = e.Text
	}
	pad(texts)
	for i, e := range examples {
		line := fmt.Sprintf("\t%c %s", e.Mark, texts[i])
		for j, w := range e.Want {
			line += []string{"  => ", " ; "}[min(j, 1)] + w.String()
		}
		line = strings.TrimRight(line, " ")
		if e.Comment != "" {
			line += "  # " + e.Comment
		}
		b.WriteString(line + "\n")
	}
}

// String prints the result as an example states it: "Russia, [the plan] negative planned".
func (w Want) String() string {
	s := strings.Join(w.Args, ", ")
	for _, q := range []string{w.Polarity, w.Modality} {
		if q != "" {
			s += " " + q
		}
	}
	return s
}
