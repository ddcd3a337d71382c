//go:build !amd64 && !arm64

package learn

func multiply(y, z []int32, x, weights []int16) { multiplyGo(y, z, x, weights) }

func gate(h, c []int16, sums []int32, shift uint32) { gateGo(h, c, sums, shift) }

func narrow(y []int16, sums []int32, shift uint32, low int16) { narrowGo(y, sums, shift, low) }
