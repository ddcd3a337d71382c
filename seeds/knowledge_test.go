package seeds

import (
	"testing"
)

func TestQuick(t *testing.T) {
	f, err := FS("")
	if err != nil {
		t.Fatal(err)
	}
	k, err := LoadKnowledge(f)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(k.Len(), len(k.candidates), len(k.surfaces), len(k.slots), len(k.roles))
	for _, s := range []string{"US", "us", "U.S.", "Russia", "Georgia", "Korea", "Sergei Lavrov", "Sergej Lavrow", "Lavrov", "Kim Jong Un", "Kim Jong-un", "Tokyo", "the Kremlin", "Downing Street", "Washington", "Russo", "NATO", "defence ministry", "Zelensky", "Volodymyr Zelenskiy", "Muammar Qaddafi", "Moammar Gadhafi", "Côte d'Ivoire", "Ivory Coast", "Palestinians", "Congo", "South Sudan"} {
		c := k.Lookup(s)
		out := ""
		for i, x := range c {
			if i < 5 {
				e := k.Entry(x.Entry)
				out += "  " + e.Name + "/" + e.Type.String() + "/" + x.How.String()
			}
		}
		t.Log(s, len(c), out)
	}
}

func BenchmarkLoad(b *testing.B) {
	f, _ := FS("")
	b.ReportAllocs()
	for b.Loop() {
		LoadKnowledge(f)
	}
}
