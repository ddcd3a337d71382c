package seeds

import "fmt"

// A Kind says more closely what an entry is.
type Kind uint8

// The kinds of entries, as the tables write them.
const (
	NoKind Kind = iota

	Sovereign // countries
	Territory
	Constituent
	DisputedState
	Historical

	IGO // organisations
	Agency
	Ministry
	Military
	Parliament
	Court
	Party
	ArmedGroup
	NewsAgency
	NGO
	Company
	Bank

	City // places
	State
	Region
	Continent
	Disputed
	Island
	Mountain
	River
	Sea
	Strait
	Building
	Base

	Human

	Religion // peoples
	Ethnic
	Movement
	Inhabitants

	Conflict // things
	Summit
	Holiday
	Disaster
	Election
	Treaty
	Weapon
	Vehicle
	Work
	OtherThing
)

var kinds = [...]struct {
	name string
	typ  Type
}{
	NoKind: {"", NoType},

	Sovereign: {"sovereign", GPE}, Territory: {"territory", GPE}, Constituent: {"constituent", GPE},
	DisputedState: {"disputed_state", GPE}, Historical: {"historical", GPE},

	IGO: {"igo", Org}, Agency: {"agency", Org}, Ministry: {"ministry", Org}, Military: {"military", Org},
	Parliament: {"parliament", Org}, Court: {"court", Org}, Party: {"party", Org}, ArmedGroup: {"armed_group", Org},
	NewsAgency: {"news_agency", Org}, NGO: {"ngo", Org}, Company: {"company", Org}, Bank: {"bank", Org},

	City: {"city", GPE}, State: {"state", GPE}, Region: {"region", Loc}, Continent: {"continent", Loc},
	Disputed: {"disputed", Loc}, Island: {"island", Loc}, Mountain: {"mountain", Loc}, River: {"river", Loc},
	Sea: {"sea", Loc}, Strait: {"strait", Loc}, Building: {"building", Fac}, Base: {"base", Fac},

	Human: {"human", Person},

	Religion: {"religion", NORP}, Ethnic: {"ethnic", NORP}, Movement: {"movement", NORP}, Inhabitants: {"inhabitants", NORP},

	Conflict: {"conflict", Event}, Summit: {"summit", Event}, Holiday: {"holiday", Event}, Disaster: {"disaster", Event},
	Election: {"election", Event}, Treaty: {"treaty", Law}, Weapon: {"weapon", Product}, Vehicle: {"vehicle", Product},
	Work: {"work", Product}, OtherThing: {"event", Event},
}

func (k Kind) String() string { return kinds[k].name }

// Type is the class of names that entries of this kind bear.
func (k Kind) Type() Type { return kinds[k].typ }

// IsPolity reports whether it is a country of any standing.
func (k Kind) IsPolity() bool { return Sovereign <= k && k <= Historical }

// parseKind finds a kind by name within a range of kinds, those that a table may hold.
func parseKind(s string, first, last Kind) (Kind, error) {
	for k := first; k <= last; k++ {
		if kinds[k].name == s {
			return k, nil
		}
	}
	allowed := ""
	for k := first; k <= last; k++ {
		allowed += " " + kinds[k].name
	}
	return NoKind, fmt.Errorf("unknown kind %q; want one of%s", s, allowed)
}

// RoleType is the class of an office.
type RoleType uint8

// The classes of offices.
const (
	NoRole RoleType = iota
	HeadOfState
	HeadOfGovernment
	Monarch
	Minister
	Ambassador
	Legislator
	Judge
	MilitaryRank
	Religious
	Spokesperson
	CentralBanker
	Business
	OtherRole
	Honorific // not an office: "Mr.", "Sir"
)

var roleNames = [...]string{"", "head_of_state", "head_of_government", "monarch", "minister", "ambassador", "legislator",
	"judge", "military", "religious", "spokesperson", "central_bank", "business", "other", "honorific"}

func (r RoleType) String() string { return roleNames[r] }

func parseRoleType(s string) (RoleType, error) {
	for i, n := range roleNames {
		if n == s && i > 0 {
			return RoleType(i), nil
		}
	}
	return NoRole, fmt.Errorf("unknown role %q", s)
}
