#include "textflag.h"

// The loops of multiply.go for wide registers.

// Instructions that the assembler has no names for, by the numbers of their registers: the operands in its order, with
// what is written last.

// SMLAL Vd.4S, Vn.4H, Vm.4H and SMLAL2 Vd.4S, Vn.8H, Vm.8H
#define SMLAL(m, n, d) WORD $(0x0e608000 | m<<16 | n<<5 | d)
#define SMLAL2(m, n, d) WORD $(0x4e608000 | m<<16 | n<<5 | d)

// SSHL Vd.4S, Vn.4S, Vm.4S
#define SSHL(m, n, d) WORD $(0x4ea04400 | m<<16 | n<<5 | d)

// SQXTN Vd.4H, Vn.4S and SQXTN2 Vd.8H, Vn.4S
#define SQXTN(n, d) WORD $(0x0e614800 | n<<5 | d)
#define SQXTN2(n, d) WORD $(0x4e614800 | n<<5 | d)

// SQABS Vd.8H, Vn.8H
#define SQABS(n, d) WORD $(0x4e607800 | n<<5 | d)

// SMIN Vd.8H, Vn.8H, Vm.8H and SMAX Vd.8H, Vn.8H, Vm.8H
#define SMIN(m, n, d) WORD $(0x4e606c00 | m<<16 | n<<5 | d)
#define SMAX(m, n, d) WORD $(0x4e606400 | m<<16 | n<<5 | d)

// SQDMULH Vd.8H, Vn.8H, Vm.8H and SQRDMULH Vd.8H, Vn.8H, Vm.8H
#define SQDMULH(m, n, d) WORD $(0x4e60b400 | m<<16 | n<<5 | d)
#define SQRDMULH(m, n, d) WORD $(0x6e60b400 | m<<16 | n<<5 | d)

// SSHR Vd.8H, Vn.8H, #15: all bits of what is negative, none of the rest.
#define SIGN(n, d) WORD $(0x4f110400 | n<<5 | d)

// ACCUMULATE(w, low, high) multiplies the weights of four outputs with the pair of inputs in V24. The products with the
// first input and those with the second are summed side by side, and meet when all inputs have gone by.
#define ACCUMULATE(w, low, high) \
	SMLAL(24, w, low); \
	SMLAL2(24, w, high)

// func multiplyNEON(y, z *int32, x, weights *int16, pairs, blocks int)
//
// A block at a time: twice 32 sums stay in sixteen registers while the pairs of inputs go by.
TEXT ·multiplyNEON(SB), NOSPLIT, $0-48
	MOVD y+0(FP), R0
	MOVD z+8(FP), R1
	MOVD x+16(FP), R2
	MOVD weights+24(FP), R3
	MOVD pairs+32(FP), R4
	MOVD blocks+40(FP), R5

block:
	VEOR V0.B16, V0.B16, V0.B16
	VEOR V1.B16, V1.B16, V1.B16
	VEOR V2.B16, V2.B16, V2.B16
	VEOR V3.B16, V3.B16, V3.B16
	VEOR V4.B16, V4.B16, V4.B16
	VEOR V5.B16, V5.B16, V5.B16
	VEOR V6.B16, V6.B16, V6.B16
	VEOR V7.B16, V7.B16, V7.B16
	VEOR V8.B16, V8.B16, V8.B16
	VEOR V9.B16, V9.B16, V9.B16
	VEOR V10.B16, V10.B16, V10.B16
	VEOR V11.B16, V11.B16, V11.B16
	VEOR V12.B16, V12.B16, V12.B16
	VEOR V13.B16, V13.B16, V13.B16
	VEOR V14.B16, V14.B16, V14.B16
	VEOR V15.B16, V15.B16, V15.B16
	MOVD R2, R6
	MOVD R4, R7

pair:
	VLD1R.P 4(R6), [V24.S4]
	VLD1.P  64(R3), [V16.H8, V17.H8, V18.H8, V19.H8]
	VLD1.P  64(R3), [V20.H8, V21.H8, V22.H8, V23.H8]
	ACCUMULATE(16, 0, 1)
	ACCUMULATE(17, 2, 3)
	ACCUMULATE(18, 4, 5)
	ACCUMULATE(19, 6, 7)
	ACCUMULATE(20, 8, 9)
	ACCUMULATE(21, 10, 11)
	ACCUMULATE(22, 12, 13)
	ACCUMULATE(23, 14, 15)
	SUBS    $1, R7, R7
	BNE     pair

	VLD1.P 64(R1), [V16.S4, V17.S4, V18.S4, V19.S4]
	VLD1.P 64(R1), [V20.S4, V21.S4, V22.S4, V23.S4]
	VADDP  V1.S4, V0.S4, V0.S4
	VADDP  V3.S4, V2.S4, V1.S4
	VADDP  V5.S4, V4.S4, V2.S4
	VADDP  V7.S4, V6.S4, V3.S4
	VADDP  V9.S4, V8.S4, V4.S4
	VADDP  V11.S4, V10.S4, V5.S4
	VADDP  V13.S4, V12.S4, V6.S4
	VADDP  V15.S4, V14.S4, V7.S4
	VADD   V16.S4, V0.S4, V0.S4
	VADD   V17.S4, V1.S4, V1.S4
	VADD   V18.S4, V2.S4, V2.S4
	VADD   V19.S4, V3.S4, V3.S4
	VADD   V20.S4, V4.S4, V4.S4
	VADD   V21.S4, V5.S4, V5.S4
	VADD   V22.S4, V6.S4, V6.S4
	VADD   V23.S4, V7.S4, V7.S4
	VST1.P [V0.S4, V1.S4, V2.S4, V3.S4], 64(R0)
	VST1.P [V4.S4, V5.S4, V6.S4, V7.S4], 64(R0)
	SUBS   $1, R5, R5
	BNE    block
	RET

// SUMS(at) shifts the next eight sums, to the left by the negative number in V31, and makes them 16-bit numbers in V0.
#define SUMS(at) \
	VLD1.P 32(at), [V0.S4, V1.S4]; \
	SSHL(31, 0, 0); \
	SSHL(31, 1, 1); \
	SQXTN(0, 0); \
	SQXTN2(1, 0)

// SIGMOID and TANH work on V0. What they find without the sign, which V1 keeps, gets it in the end.
#define SIGMOID \
	SIGN(0, 1); \
	SQABS(0, 0); \
	VUMIN V30.H8, V0.H8, V0.H8; \
	VSUB  V0.H8, V30.H8, V0.H8; \
	SQDMULH(0, 0, 0); \
	VUSHR $2, V0.H8, V0.H8; \
	VSUB  V0.H8, V27.H8, V0.H8; \
	VUMIN V26.H8, V0.H8, V0.H8; \
	VEOR  V1.B16, V0.B16, V0.B16; \
	VSUB  V1.H8, V0.H8, V0.H8; \
	VADD  V27.H8, V0.H8, V0.H8

#define TANH \
	SIGN(0, 1); \
	SQABS(0, 0); \
	VUMIN V29.H8, V0.H8, V0.H8; \
	VSUB  V0.H8, V29.H8, V0.H8; \
	VADD  V0.H8, V0.H8, V2.H8; \
	SQDMULH(2, 0, 0); \
	VSUB  V0.H8, V28.H8, V0.H8; \
	VEOR  V1.B16, V0.B16, V0.B16; \
	VSUB  V1.H8, V0.H8, V0.H8

// func gateNEON(h, c *int16, sums *int32, units int, shift uint64)
TEXT ·gateNEON(SB), NOSPLIT, $0-40
	MOVD h+0(FP), R0
	MOVD c+8(FP), R1
	MOVD sums+16(FP), R2
	MOVD units+24(FP), R3
	MOVD shift+32(FP), R4
	ADD  R3<<2, R2, R5
	ADD  R3<<2, R5, R6
	NEG  R4, R4
	VDUP R4, V31.S4
	MOVD $16384, R4
	VDUP R4, V30.H8
	MOVD $8192, R4
	VDUP R4, V29.H8
	MOVD $4096, R4
	VDUP R4, V28.H8
	MOVD $2048, R4
	VDUP R4, V27.H8
	MOVD $2047, R4
	VDUP R4, V26.H8

units:
	SUMS(R2)
	SIGMOID
	VSHL   $3, V0.H8, V3.H8
	SUMS(R5)
	SIGMOID
	VSHL   $3, V0.H8, V4.H8
	SUMS(R6)
	TANH
	VLD1   (R1), [V5.H8]
	VSUB   V5.H8, V0.H8, V0.H8
	SQRDMULH(3, 0, 0)
	VADD   V0.H8, V5.H8, V5.H8
	VST1.P [V5.H8], 16(R1)
	SQRDMULH(4, 5, 5)
	VST1.P [V5.H8], 16(R0)
	SUBS   $8, R3, R3
	BNE    units
	RET

// func narrowNEON(y *int16, sums *int32, count int, shift, low uint64)
TEXT ·narrowNEON(SB), NOSPLIT, $0-40
	MOVD y+0(FP), R0
	MOVD sums+8(FP), R1
	MOVD count+16(FP), R2
	MOVD shift+24(FP), R3
	MOVD low+32(FP), R4
	NEG  R3, R3
	VDUP R3, V31.S4
	VDUP R4, V30.H8
	MOVD $4095, R4
	VDUP R4, V29.H8

numbers:
	SUMS(R1)
	SMAX(30, 0, 0)
	SMIN(29, 0, 0)
	VST1.P [V0.H8], 16(R0)
	SUBS   $8, R2, R2
	BNE    numbers
	RET
