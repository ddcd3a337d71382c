#include "textflag.h"

// The loops of multiply.go for wide registers.

// func multiplyAVX2(y, z *int32, x, weights *int16, pairs, blocks int)
//
// A block at a time: its 32 sums stay in four registers while the pairs of inputs go by.
TEXT ·multiplyAVX2(SB), NOSPLIT, $0-48
	MOVQ y+0(FP), DI
	MOVQ z+8(FP), DX
	MOVQ x+16(FP), R8
	MOVQ weights+24(FP), SI
	MOVQ pairs+32(FP), R9
	MOVQ blocks+40(FP), CX

block:
	VMOVDQU (DX), Y0
	VMOVDQU 32(DX), Y1
	VMOVDQU 64(DX), Y2
	VMOVDQU 96(DX), Y3
	MOVQ    R8, BX
	MOVQ    R9, R10

pair:
	VPBROADCASTD (BX), Y4
	VPMADDWD     (SI), Y4, Y5
	VPMADDWD     32(SI), Y4, Y6
	VPMADDWD     64(SI), Y4, Y7
	VPMADDWD     96(SI), Y4, Y8
	VPADDD       Y5, Y0, Y0
	VPADDD       Y6, Y1, Y1
	VPADDD       Y7, Y2, Y2
	VPADDD       Y8, Y3, Y3
	ADDQ         $4, BX
	ADDQ         $128, SI
	DECQ         R10
	JNZ          pair

	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 32(DI)
	VMOVDQU Y2, 64(DI)
	VMOVDQU Y3, 96(DI)
	ADDQ    $128, DI
	ADDQ    $128, DX
	DECQ    CX
	JNZ     block
	VZEROUPPER
	RET

// func multiplyVNNI(y, z *int32, x, weights *int16, pairs, blocks int)
//
// Four blocks at a time as long as there are four, so that no sum waits for the one before; then one at a time.
TEXT ·multiplyVNNI(SB), NOSPLIT, $0-48
	MOVQ y+0(FP), DI
	MOVQ z+8(FP), DX
	MOVQ x+16(FP), R8
	MOVQ weights+24(FP), SI
	MOVQ pairs+32(FP), R9
	MOVQ blocks+40(FP), CX
	MOVQ R9, R11
	SHLQ $7, R11             // bytes of a block's weights
	LEAQ (R11)(R11*2), R12   // three blocks

four:
	CMPQ      CX, $4
	JLT       one
	VMOVDQU32 (DX), Z0
	VMOVDQU32 64(DX), Z1
	VMOVDQU32 128(DX), Z2
	VMOVDQU32 192(DX), Z3
	VMOVDQU32 256(DX), Z4
	VMOVDQU32 320(DX), Z5
	VMOVDQU32 384(DX), Z6
	VMOVDQU32 448(DX), Z7
	MOVQ      R8, BX
	MOVQ      R9, R10

fourpair:
	VPBROADCASTD (BX), Z8
	VPDPWSSD     (SI), Z8, Z0
	VPDPWSSD     64(SI), Z8, Z1
	VPDPWSSD     (SI)(R11*1), Z8, Z2
	VPDPWSSD     64(SI)(R11*1), Z8, Z3
	VPDPWSSD     (SI)(R11*2), Z8, Z4
	VPDPWSSD     64(SI)(R11*2), Z8, Z5
	VPDPWSSD     (SI)(R12*1), Z8, Z6
	VPDPWSSD     64(SI)(R12*1), Z8, Z7
	ADDQ         $4, BX
	ADDQ         $128, SI
	DECQ         R10
	JNZ          fourpair

	VMOVDQU32 Z0, (DI)
	VMOVDQU32 Z1, 64(DI)
	VMOVDQU32 Z2, 128(DI)
	VMOVDQU32 Z3, 192(DI)
	VMOVDQU32 Z4, 256(DI)
	VMOVDQU32 Z5, 320(DI)
	VMOVDQU32 Z6, 384(DI)
	VMOVDQU32 Z7, 448(DI)
	ADDQ      $512, DI
	ADDQ      $512, DX
	ADDQ      R12, SI
	SUBQ      $4, CX
	JNZ       four
	VZEROUPPER
	RET

one:
	VMOVDQU32 (DX), Z0
	VMOVDQU32 64(DX), Z1
	MOVQ      R8, BX
	MOVQ      R9, R10

onepair:
	VPBROADCASTD (BX), Z8
	VPDPWSSD     (SI), Z8, Z0
	VPDPWSSD     64(SI), Z8, Z1
	ADDQ         $4, BX
	ADDQ         $128, SI
	DECQ         R10
	JNZ          onepair

	VMOVDQU32 Z0, (DI)
	VMOVDQU32 Z1, 64(DI)
	ADDQ      $128, DI
	ADDQ      $128, DX
	DECQ      CX
	JNZ       one
	VZEROUPPER
	RET

// Sixteen 16-bit numbers 4096, 2047, 2048, 8192, 16384, 4095.
DATA halves<>+0(SB)/4, $0x10001000
DATA halves<>+4(SB)/4, $0x07ff07ff
DATA halves<>+8(SB)/4, $0x08000800
DATA halves<>+12(SB)/4, $0x20002000
DATA halves<>+16(SB)/4, $0x40004000
DATA halves<>+20(SB)/4, $0x0fff0fff
GLOBL halves<>(SB), RODATA|NOPTR, $24

// SUMS(at, to, spare) shifts sixteen sums and makes them 16-bit numbers in their order.
#define SUMS(at, to, spare) \
	VMOVDQU   (at), to; \
	VMOVDQU   32(at), spare; \
	VPSRAD    X15, to, to; \
	VPSRAD    X15, spare, spare; \
	VPACKSSDW spare, to, to; \
	VPERMQ    $0xd8, to, to

// SIGMOID(z, spare): the sign goes on what lies beyond a half.
#define SIGMOID(z, spare) \
	VPABSW   z, spare; \
	VPMINUW  Y12, spare, spare; \
	VPSUBW   spare, Y12, spare; \
	VPMULHUW spare, spare, spare; \
	VPSRLW   $1, spare, spare; \
	VPSUBW   spare, Y10, spare; \
	VPMINSW  Y9, spare, spare; \
	VPSIGNW  z, spare, spare; \
	VPADDW   Y10, spare, z

#define TANH(z, spare) \
	VPABSW   z, spare; \
	VPMINUW  Y11, spare, spare; \
	VPSUBW   spare, Y11, spare; \
	VPADDW   spare, spare, spare; \
	VPMULHUW spare, spare, spare; \
	VPSUBW   spare, Y8, spare; \
	VPSIGNW  z, spare, z

// func gateAVX2(h, c *int16, sums *int32, units int, shift uint64)
TEXT ·gateAVX2(SB), NOSPLIT, $0-40
	MOVQ         h+0(FP), DI
	MOVQ         c+8(FP), DX
	MOVQ         sums+16(FP), R8
	MOVQ         units+24(FP), CX
	VMOVQ        shift+32(FP), X15
	LEAQ         (R8)(CX*4), R9
	LEAQ         (R9)(CX*4), R10
	VPBROADCASTD halves<>+0(SB), Y8
	VPBROADCASTD halves<>+4(SB), Y9
	VPBROADCASTD halves<>+8(SB), Y10
	VPBROADCASTD halves<>+12(SB), Y11
	VPBROADCASTD halves<>+16(SB), Y12

units:
	SUMS(R8, Y0, Y3)
	SUMS(R9, Y1, Y4)
	SUMS(R10, Y2, Y5)
	SIGMOID(Y0, Y3)
	SIGMOID(Y1, Y4)
	TANH(Y2, Y5)
	VMOVDQU   (DX), Y6
	VPSLLW    $3, Y0, Y0
	VPSLLW    $3, Y1, Y1
	VPSUBW    Y6, Y2, Y2
	VPMULHRSW Y0, Y2, Y2
	VPADDW    Y2, Y6, Y6
	VMOVDQU   Y6, (DX)
	VPMULHRSW Y1, Y6, Y6
	VMOVDQU   Y6, (DI)
	ADDQ      $32, DI
	ADDQ      $32, DX
	ADDQ      $64, R8
	ADDQ      $64, R9
	ADDQ      $64, R10
	SUBQ      $16, CX
	JNZ       units
	VZEROUPPER
	RET

// func narrowAVX2(y *int16, sums *int32, count int, shift, low uint64)
TEXT ·narrowAVX2(SB), NOSPLIT, $0-40
	MOVQ         y+0(FP), DI
	MOVQ         sums+8(FP), R8
	MOVQ         count+16(FP), CX
	VMOVQ        shift+24(FP), X15
	VMOVQ        low+32(FP), X14
	VPBROADCASTW X14, Y14
	VPBROADCASTD halves<>+20(SB), Y13

numbers:
	SUMS(R8, Y0, Y1)
	VPMAXSW Y14, Y0, Y0
	VPMINSW Y13, Y0, Y0
	VMOVDQU Y0, (DI)
	ADDQ    $32, DI
	ADDQ    $64, R8
	SUBQ    $16, CX
	JNZ     numbers
	VZEROUPPER
	RET
