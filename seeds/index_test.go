package seeds

import (
	"bytes"
	"os"
	"testing"
)

func TestTmpIndex(t *testing.T) {
	f, _ := FS("")
	b, err := Index(f)
	if err != nil {
		t.Fatal(err)
	}
	b2, _ := Index(f)
	if !bytes.Equal(b, b2) {
		t.Fatal("differs")
	}
	os.WriteFile("/tmp/index.bin", b, 0o644)
	tt, _ := readTables(f)
	k := readIndex(b, tt)
	if k == nil {
		t.Fatal("nil")
	}
	t.Log(len(b), len(tt.text), len(k.slots))
}

func BenchmarkIndex(b *testing.B) {
	f, _ := FS("")
	x, _ := Index(f)
	b.ReportAllocs()
	for b.Loop() {
		tt, _ := readTables(f)
		readIndex(x, tt)
	}
}
