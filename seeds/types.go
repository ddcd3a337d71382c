package seeds

import (
	"fmt"
	"strconv"
)

// A Type is one of the nine classes of names that dyad knows, OntoNotes' names for them.
type Type uint8

// The types of entities. NoType marks what is not (yet) typed.
const (
	NoType  Type = iota
	Person       // PER: people, without their titles
	Org          // ORG: organisations, parties, ministries, armed groups, media, parliaments
	GPE          // GPE: countries, cities, states
	Loc          // LOC: seas, regions, continents
	Fac          // FAC: buildings, airports, bridges
	NORP         // NORP: nationalities, religions, political adherents
	Event        // EVENT: summits, wars, elections with a name
	Law          // LAW: treaties, laws, resolutions
	Product      // PRODUCT: weapons, vehicles, goods with a name
)

var typeNames = [...]string{"", "PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT"}

// String returns the type's name as the native result writes it: "PER", "ORG" …
func (t Type) String() string { return typeNames[t] }

// ParseType returns the type of that name.
func ParseType(s string) (Type, error) {
	for i, n := range typeNames {
		if n == s && i > 0 {
			return Type(i), nil
		}
	}
	return NoType, fmt.Errorf("unknown entity type %q", s)
}

// A Date is a calendar date of known precision: Month or Day are 0 where they are not known. The zero Date is unknown.
type Date struct {
	Year       int16
	Month, Day uint8
}

// ParseDate reads YYYY, YYYY-MM or YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	bad := func() (Date, error) {
		return Date{}, fmt.Errorf("date %q: want YYYY, YYYY-MM or YYYY-MM-DD", s)
	}
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return bad()
	}
	var part [3]int
	for i, from := range []int{0, 5, 8} {
		if from >= len(s) {
			break
		}
		to := from + 2
		if i == 0 {
			to = 4
		} else if s[from-1] != '-' {
			return bad()
		}
		n, err := strconv.ParseUint(s[from:to], 10, 16)
		if err != nil || n == 0 {
			return bad()
		}
		part[i] = int(n)
	}
	d := Date{int16(part[0]), uint8(part[1]), uint8(part[2])}
	if d.Month > 12 || d.Day > daysIn(d.Year, d.Month) {
		return bad()
	}
	return d, nil
}

func daysIn(year int16, month uint8) uint8 {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// IsZero reports whether nothing is known of the date.
func (d Date) IsZero() bool { return d.Year == 0 }

// String writes the date in ISO 8601 with the precision it has, or "" when it is unknown.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Before reports whether all of d lies before all of e. A year is not before a day within it.
func (d Date) Before(e Date) bool {
	if d.Year != e.Year {
		return d.Year < e.Year
	}
	if d.Month != e.Month {
		return d.Month != 0 && e.Month != 0 && d.Month < e.Month
	}
	return d.Day != 0 && e.Day != 0 && d.Day < e.Day
}
