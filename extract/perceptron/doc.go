// Package perceptron is the learner behind the statistical stages: a network with one hidden layer over hashed,
// sparse features, small and fast enough to ask it twice for every word of an article.
//
// # Features
//
// A feature is a 32-bit hash of what a stage sees: "the word on top of the stack is talks", "its tag is NNS and the
// next one's IN". An example is a list of such features, every one of them on. A Vocabulary, counted over the
// training data, says which features a network knows; all others are skipped.
//
// # Network
//
// Every feature owns a row of hidden weights. The hidden layer is the rectified sum of the rows of the features that
// are on, so that its cost follows the few features present and not the many known. On top of the hidden layer sit
// one or more heads, each a linear layer of scores for the classes of one decision; a parser asks one head for the
// action and another one for the label of the arc.
//
// In a trained Network a row is one byte for each hidden unit. Eight bytes are added at once in the four 16-bit lanes of two
// 64-bit words: the bytes carry an offset of 128 that is taken off at the end, and at most 257 rows are added, so no
// lane overflows into its neighbour. The results are whole numbers and therefore the same on every machine. A sum of rows
// can be kept: what many examples have in common is then added up once.
//
// # Training
//
// A Trainer learns by stochastic gradient descent with the step size of AdaGrad. All rows of an example share one
// gradient, hence one accumulator a row is enough, and a row costs a single square root. The same data in the same
// order gives the same network bit for bit.
//
// # Chains
//
// A Chain labels a whole sequence at once: a linear-chain conditional random field. It scores labels by the features at
// each position and by the label before, and finds the best path (Viterbi). Its weights are bytes, kept for those pairs
// of feature and label that matter, in one open-addressed table. TrainChain learns from sequences that may leave open
// which of several labels is right. It serves tasks whose labels hang together, as those of the words of a name do.
package perceptron
