package extract

import "slices"

// A Tag is a Penn Treebank part of speech, as the UD English treebanks use it in XPOS.
type Tag uint8

// The Penn tags. NoTag is what is not tagged.
const (
	NoTag Tag = iota
	TagCC
	TagCD
	TagDT
	TagEX
	TagFW
	TagIN
	TagJJ
	TagJJR
	TagJJS
	TagLS
	TagMD
	TagNN
	TagNNS
	TagNNP
	TagNNPS
	TagPDT
	TagPOS
	TagPRP
	TagPRPS
	TagRB
	TagRBR
	TagRBS
	TagRP
	TagSYM
	TagTO
	TagUH
	TagVB
	TagVBD
	TagVBG
	TagVBN
	TagVBP
	TagVBZ
	TagWDT
	TagWP
	TagWPS
	TagWRB
	TagLRB
	TagRRB
	TagHYPH
	TagNFP
	TagADD
	TagAFX
	TagGW
	TagXX
	TagOpenQuote
	TagCloseQuote
	TagComma
	TagStop
	TagColon
	TagDollar
	TagHash
)

var tagNames = [...]string{"", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NN", "NNS", "NNP", "NNPS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "-LRB-", "-RRB-", "HYPH", "NFP", "ADD", "AFX", "GW", "XX", "``", "''", ",", ".", ":", "$", "#"}

// String is the tag as treebanks write it: "NNP", "PRP$".
func (t Tag) String() string { return tagNames[t] }

// ParseTag returns the tag of that name, NoTag for an unknown one.
func ParseTag(s string) Tag { return Tag(max(0, slices.Index(tagNames[:], s))) }

// A Pos is a universal part of speech (UPOS).
type Pos uint8

// The universal parts of speech. NoPos is what is not tagged.
const (
	NoPos Pos = iota
	PosAdj
	PosAdp
	PosAdv
	PosAux
	PosCconj
	PosDet
	PosIntj
	PosNoun
	PosNum
	PosPart
	PosPron
	PosPropn
	PosPunct
	PosSconj
	PosSym
	PosVerb
	PosX
)

var posNames = [...]string{"", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"}

// String is the part of speech as Universal Dependencies writes it: "PROPN".
func (p Pos) String() string { return posNames[p] }

// ParsePos returns the part of speech of that name, NoPos for an unknown one.
func ParsePos(s string) Pos { return Pos(max(0, slices.Index(posNames[:], s))) }

// A Dep is a universal dependency relation with the subtypes of the UD English treebanks.
type Dep uint8

// The dependency relations. NoDep is what is not parsed.
const (
	NoDep Dep = iota
	DepRoot
	DepAcl
	DepAclRelcl
	DepAdvcl
	DepAdvclRelcl
	DepAdvmod
	DepAmod
	DepAppos
	DepAux
	DepAuxPass
	DepCase
	DepCc
	DepCcPreconj
	DepCcomp
	DepCompound
	DepCompoundPrt
	DepConj
	DepCop
	DepCsubj
	DepCsubjOuter
	DepCsubjPass
	DepDep
	DepDet
	DepDetPredet
	DepDiscourse
	DepDislocated
	DepExpl
	DepFixed
	DepFlat
	DepGoeswith
	DepIobj
	DepList
	DepMark
	DepNmod
	DepNmodDesc
	DepNmodPoss
	DepNmodUnmarked
	DepNsubj
	DepNsubjOuter
	DepNsubjPass
	DepNummod
	DepObj
	DepObl
	DepOblAgent
	DepOblUnmarked
	DepOrphan
	DepParataxis
	DepPunct
	DepReparandum
	DepVocative
	DepXcomp
)

var depNames = [...]string{"", "root", "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc", "cc:preconj", "ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "csubj:outer", "csubj:pass", "dep", "det", "det:predet", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod", "nmod:desc", "nmod:poss", "nmod:unmarked", "nsubj", "nsubj:outer", "nsubj:pass", "nummod", "obj", "obl", "obl:agent", "obl:unmarked", "orphan", "parataxis", "punct", "reparandum", "vocative", "xcomp"}

// String is the relation as Universal Dependencies writes it: "nsubj:pass".
func (d Dep) String() string { return depNames[d] }

// ParseDep returns the relation of that name, NoDep for an unknown one.
func ParseDep(s string) Dep { return Dep(max(0, slices.Index(depNames[:], s))) }
