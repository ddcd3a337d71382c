package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/seeds"
)

// soleOffices are held by one person at a time.
var soleOffices = []string{"President", "Prime Minister", "Monarch", "Supreme Leader", "Minister of Foreign Affairs",
	"Minister of Defence", "Minister of Finance", "Minister of the Interior", "Secretary-General", "Pope"}

// A report is a list of findings by kind, with their number always and their text on demand.
type report struct {
	w     io.Writer
	shown int
}

func (r report) findings(kind string, found []string) {
	fmt.Fprintf(r.w, "%6d %s\n", len(found), kind)
	for _, f := range found[:min(r.shown, len(found))] {
		fmt.Fprintf(r.w, "         %s\n", f)
	}
}

// check reports what the tables hold, and what in them deserves a look. What is plainly wrong (references that lead
// nowhere, dates that are none, unknown kinds) is an error of loading and does not get here.
func check(w io.Writer, k *seeds.Knowledge, shown int) {
	r := report{w, shown}
	kinds := map[string]int{}
	roles := 0
	for i := range int32(k.Len()) {
		e := k.Entry(i)
		kinds[e.Type.String()]++
		roles += len(k.RolesOf(i))
	}
	fmt.Fprintf(w, "%d entries:", k.Len())
	for _, t := range sortedKeys(kinds) {
		fmt.Fprintf(w, " %s %d", t, kinds[t])
	}
	fmt.Fprintf(w, "; %d roles in %d offices\n", roles, k.Offices())
	r.findings("identifiers that several entries have", doubleIDs(k))
	r.findings("offices of one person that two held at a time", overlaps(k))
	same, sound := collisions(k)
	r.findings("names that several entries of one type bear", same)
	r.findings("names of different people that only their sound joins", sound)
	r.findings("people without a known office", idle(k))
}

func doubleIDs(k *seeds.Knowledge) (found []string) {
	first := map[string]string{}
	for i := range int32(k.Len()) {
		e := k.Entry(i)
		if e.ID == "" {
			continue
		}
		if other, ok := first[e.ID]; ok {
			found = append(found, fmt.Sprintf("%s: %s, %s", e.ID, other, e.Name))
		}
		first[e.ID] = e.Name
	}
	return found
}

// overlaps finds pairs of holders of which each began before the other ended, by more than a handover.
func overlaps(k *seeds.Knowledge) (found []string) {
	for _, name := range soleOffices {
		office := k.OfficeNamed(name)
		for of := range int32(k.Len()) {
			held := k.Holders(nil, office, of, seeds.Date{})
			for i, a := range held {
				for _, b := range held[i+1:] {
					if a.Person != b.Person && !a.End.IsZero() && !b.Start.IsZero() && days(a.End)-days(b.Start) > 62 {
						found = append(found, fmt.Sprintf("%s of %s: %s until %s, %s from %s", name, k.Entry(of).Name,
							k.Entry(a.Person).Name, a.End, k.Entry(b.Person).Name, b.Start))
					}
				}
			}
		}
	}
	return found
}

// days is a rough count; a date that lacks its day or month is taken in the middle of the year.
func days(d seeds.Date) int {
	m, day := int(d.Month), int(d.Day)
	if m == 0 {
		m = 6
	}
	return int(d.Year)*365 + m*30 + day
}

// collisions finds names that lead to several entries of one type: by the same letters, and of people by sound.
func collisions(k *seeds.Knowledge) (same, sound []string) {
	bySound := map[string][]int32{}
	for i := range int32(k.Len()) {
		e := k.Entry(i)
		var others []string
		for _, c := range k.Lookup(e.Name) {
			if o := k.Entry(c.Entry); c.Entry > i && !c.Weak && o.Type == e.Type && c.How <= seeds.ByAcronym {
				others = append(others, label(o))
			}
		}
		if len(others) > 0 {
			same = append(same, fmt.Sprintf("%s: %s", label(e), strings.Join(others, ", ")))
		}
		if e.Type == seeds.Person {
			key := ""
			for _, w := range k.Words(e.Name) {
				if !w.IsMute() {
					key += fmt.Sprintf("%x ", w.Sound())
				}
			}
			bySound[key] = append(bySound[key], i)
		}
	}
	for _, key := range sortedKeys(bySound) {
		group := bySound[key]
		for i, a := range group {
			for _, b := range group[i+1:] {
				if !slices.Equal(keys(k, a), keys(k, b)) {
					sound = append(sound, label(k.Entry(a))+", "+label(k.Entry(b)))
				}
			}
		}
	}
	slices.Sort(sound)
	return same, sound
}

func keys(k *seeds.Knowledge, i int32) (keys []uint64) {
	for _, w := range k.Words(k.Entry(i).Name) {
		keys = append(keys, w.Key())
	}
	return keys
}

func label(e seeds.Entry) string {
	if e.ID == "" {
		return e.Name
	}
	return e.Name + " " + e.ID
}

func idle(k *seeds.Knowledge) (found []string) {
	for i := range int32(k.Len()) {
		if e := k.Entry(i); e.Kind == seeds.Human && len(k.RolesOf(i)) == 0 {
			found = append(found, label(e))
		}
	}
	return found
}
