// Package learn holds the two learners behind the statistical stages: a network that reads sentences, and chains that label
// words one after the other. There is no language in it: it sees features, classes and numbers of words.
//
// # Features
//
// A feature is a 32-bit hash of what a stage sees of a word: "its last three letters are ing". A Vocabulary, counted over
// the training data, says which features a network knows; all others are skipped.
//
// # Network
//
// A [Network] reads a sentence from both ends. Every feature owns a row of numbers; the rows of a word's features are added up,
// and two layers go over the words, each in both directions. A unit of a layer keeps a state between -1 and 1 from word
// to word. At each word, gates computed from the word and from what all units put out at the word before say what the unit
// takes in of something new, forgetting as much of the old (a long short-term memory with coupled gates; Greff and others
// 2017), and how much of its state it puts out. So what the last layer puts out at a word depends on the whole sentence.
//
// From that output the network makes two kinds of decisions. Classes of words are linear in it. The head of a word is the
// word whose vector fits best what the dependent wishes for, one matrix away from its own vector (a biaffine classifier; Dozat
// and Manning 2017), and the label of the arc comes from one hidden layer over both. All of this costs time linear in the
// number of words, but for one small product for each pair of them.
//
// # Whole numbers
//
// A Network computes in whole numbers of 16 bits, with sums of 32: weights are rounded such that no sum can overflow, whatever is
// read, and the functions of the gates are parabolas. Results are therefore the same on every machine, to the last bit,
// whether or not it has wide registers (multiply.go). What a word brings into the first layer depends on nothing else, so
// that callers may keep it: see [Network.Input].
//
// # Training
//
// A [Trainer] computes the same in fractions and learns by gradient descent through all layers, in small batches, with the method of
// Adam and dropout. Two shares of a batch are learned from at the same time, whatever the number of processors, so that the same data in
// the same order gives the same network bit for bit on the same kind of machine.
//
// # Chains
//
// A [Chain] labels a whole sequence at once: a linear-chain conditional random field. It scores labels by the features at
// each position and by the label before, and finds the best path (Viterbi). Its weights are bytes, kept for those pairs
// of feature and label that matter, in one open-addressed table. [TrainChain] learns from sequences that may leave open
// which of several labels is right. It serves tasks whose labels hang together, as those of the words of a name do.
package learn
