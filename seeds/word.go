package seeds

// Same reports whether two words have the same letters, whatever their case, marks and stops.
func (w Word) Same(v Word) bool { return w.exact == v.exact && w.nExact == v.nExact }

// SoundsLike reports whether two words may spell the same name: Sergei, Sergey.
func (w Word) SoundsLike(v Word) bool { return w.loose == v.loose && w.nLoose == v.nLoose }

// IsMute reports that the word does not tell names apart: a hyphen, the article al-.
func (w Word) IsMute() bool { return w.nLoose == 0 }

// Key is equal for words that are the Same, and hardly ever for others.
func (w Word) Key() uint64 { return w.exact }

// Sound is equal for words that may spell the same name, and hardly ever for others.
func (w Word) Sound() uint64 { return w.loose }
