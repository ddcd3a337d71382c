package extract

import (
	"strconv"
	"strings"
	"time"

	"github.com/dyad-kg/dyad/seeds"
)

// resolveTimes gives the times of clauses their calendar dates, as far as the words and the article's date tell.
// What they do not tell stays words only.
func resolveTimes(d *Document) {
	for i := range d.Clauses {
		k := &d.Clauses[i]
		if k.Time.Len() == 0 {
			continue
		}
		future := k.Modality == Planned || k.Tense == Future
		k.Time.From, k.Time.To = calendar(d.In(k.Time.Span), d.Published, future)
	}
}

// calendar reads a time in words. The reference date settles "Tuesday" and "last month"; future says which way a bare
// weekday or a date without a year points. From or To alone is open-ended ("since 2014").
func calendar(text string, ref seeds.Date, future bool) (from, to seeds.Date) {
	p := timeParser{words: strings.FieldsFunc(strings.ToLower(text), isTimeSpace), ref: ref, future: future}
	for _, w := range p.words {
		switch w {
		case "since", "from":
			p.openEnd = true
		case "until", "till", "by", "before":
			p.openStart = true
		case "last", "past", "previous":
			p.shift = -1
		case "next", "coming", "following":
			p.shift = 1
		}
	}
	from, to = p.absolute()
	if from.IsZero() {
		from, to = p.relative()
	}
	switch {
	case p.openEnd:
		to = seeds.Date{}
	case p.openStart:
		from = seeds.Date{}
	}
	return from, to
}

func isTimeSpace(r rune) bool {
	return r == ' ' || r == ',' || r == '\n' || r == '\t' || r == '.' || r == '(' || r == ')' || r == '-' || r == '–' || r == '—'
}

type timeParser struct {
	words              []string
	ref                seeds.Date
	future             bool
	openStart, openEnd bool
	shift              int // -1 last, 1 next
}

var monthNames = [...]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
var monthFull = [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september",
	"october", "november", "december"}
var weekdayNames = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

func monthOf(w string) uint8 {
	for i := range monthFull {
		if w == monthFull[i] || w == monthNames[i] || w == "sept" && i == 8 {
			return uint8(i + 1)
		}
	}
	return 0
}

// absolute reads days, months and years that the words name.
func (p *timeParser) absolute() (from, to seeds.Date) {
	var month uint8
	var days []uint8
	year := int16(0)
	for _, w := range p.words {
		if m := monthOf(w); m != 0 && month == 0 {
			month = m
			continue
		}
		n, err := strconv.Atoi(strings.TrimRight(w, "stndrh"))
		switch {
		case err != nil:
		case isYear(w) && n >= 1000:
			if year != 0 && month == 0 { // "2014 to 2016"
				return seeds.Date{Year: year}, seeds.Date{Year: int16(n)}
			}
			year = int16(n)
		case n >= 1 && n <= 31:
			days = append(days, uint8(n))
		}
	}
	switch {
	case month == 0 && year == 0:
		return seeds.Date{}, seeds.Date{}
	case month == 0:
		if len(days) > 0 { // a number that is no day of a month: words only
			return seeds.Date{}, seeds.Date{}
		}
		return seeds.Date{Year: year}, seeds.Date{Year: year}
	case year == 0:
		if year = p.yearOf(month, days); year == 0 {
			return seeds.Date{}, seeds.Date{}
		}
	}
	if len(days) == 0 {
		d := seeds.Date{Year: year, Month: month}
		return d, d
	}
	from = seeds.Date{Year: year, Month: month, Day: days[0]}
	return from, seeds.Date{Year: year, Month: month, Day: days[len(days)-1]}
}

// yearOf is the year of a month named without one: the one that lies on the side of the reference date that the
// clause points to.
func (p *timeParser) yearOf(month uint8, days []uint8) int16 {
	if p.ref.Month == 0 {
		return p.ref.Year
	}
	day := uint8(1)
	if len(days) > 0 {
		day = days[0]
	}
	y := p.ref.Year + int16(min(p.shift, 0))
	later := month > p.ref.Month || month == p.ref.Month && day > p.ref.Day
	switch {
	case p.shift != 0:
		if p.shift < 0 && !later {
			return p.ref.Year
		}
		return y
	case later && !p.future:
		return p.ref.Year - 1
	case !later && p.future && month != p.ref.Month:
		return p.ref.Year + 1
	}
	return p.ref.Year
}

// relative reads times that count from the reference date, which must be a full one for days and weeks.
func (p *timeParser) relative() (from, to seeds.Date) {
	if p.ref.IsZero() {
		return seeds.Date{}, seeds.Date{}
	}
	for i, w := range p.words {
		switch w {
		case "year":
			d := seeds.Date{Year: p.ref.Year + int16(p.shift)}
			if p.bare(i) {
				return d, d
			}
		case "month":
			if p.ref.Month != 0 && p.bare(i) {
				t := time.Date(int(p.ref.Year), time.Month(p.ref.Month)+time.Month(p.shift), 1, 0, 0, 0, 0, time.UTC)
				d := seeds.Date{Year: int16(t.Year()), Month: uint8(t.Month())}
				return d, d
			}
		}
		if p.ref.Day == 0 {
			continue
		}
		switch w {
		case "today", "tonight":
			return p.days(0)
		case "yesterday":
			return p.days(-1)
		case "tomorrow":
			return p.days(1)
		case "week":
			if p.bare(i) {
				monday := -(int(p.time().Weekday()) + 6) % 7
				from, _ = p.days(monday + 7*p.shift)
				to, _ = p.days(monday + 7*p.shift + 6)
				return from, to
			}
		}
		for day, name := range weekdayNames {
			if w == name {
				return p.days(p.toWeekday(day))
			}
		}
	}
	return seeds.Date{}, seeds.Date{}
}

// bare reports whether word i is preceded by this, last or next alone, not by a number of them.
func (p *timeParser) bare(i int) bool {
	if i == 0 {
		return false
	}
	switch p.words[i-1] {
	case "this", "last", "next", "past", "previous", "coming", "following":
		return i == 1 || p.words[i-2] != "the"
	}
	return false
}

// toWeekday is how many days from the reference date the weekday lies.
func (p *timeParser) toWeekday(day int) int {
	n := day - int(p.time().Weekday())
	switch {
	case p.shift > 0 || p.future && p.shift == 0:
		return (n + 7) % 7
	case p.shift < 0 && n == 0:
		return -7
	}
	return (n - 7) % 7
}

func (p *timeParser) time() time.Time {
	return time.Date(int(p.ref.Year), time.Month(p.ref.Month), int(p.ref.Day), 0, 0, 0, 0, time.UTC)
}

func (p *timeParser) days(n int) (from, to seeds.Date) {
	t := p.time().AddDate(0, 0, n)
	d := seeds.Date{Year: int16(t.Year()), Month: uint8(t.Month()), Day: uint8(t.Day())}
	return d, d
}
