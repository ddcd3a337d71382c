package graph

import "unicode/utf8"

// points converts byte offsets of a text to code points. One pass over the text notes the count at the start of each
// block; a conversion counts on from there.
type points struct {
	text   string
	blocks []uint32 // code points before byte i*blockSize; empty when the text is ASCII
}

const blockSize = 128

func (p *points) reset(text string) {
	p.text, p.blocks = text, p.blocks[:0]
	if isASCII(text) {
		return
	}
	n := uint32(0)
	for i := 0; i < len(text); i++ {
		if i%blockSize == 0 {
			p.blocks = append(p.blocks, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	if len(text)%blockSize == 0 {
		p.blocks = append(p.blocks, n)
	}
}

// at returns how many code points start before the byte offset.
func (p *points) at(offset uint32) int {
	if len(p.blocks) == 0 {
		return int(offset)
	}
	block := offset / blockSize
	n := int(p.blocks[block])
	for i := block * blockSize; i < offset; i++ {
		if utf8.RuneStart(p.text[i]) {
			n++
		}
	}
	return n
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
