package extract

// workspace is the memory that stages reuse from one article to the next; a field for each stage that needs some.
type workspace struct {
	link   linkMemory
	relate relateWork
	clause clauseWork
	forms  []form // of the tokens, as far as they have been asked for
	syntax syntaxWork
	names  nameScratch
	mend   mendWork
}
