/*
 * Single-precision peak of one core, a multiplication and an addition at a time: sums of products, as in a plain matrix
 * product whose operands are in registers. The sums are so many that none waits for its own last addition.
 *
 *     gcc -O3 -ffp-contract=off -DLANES=4 peak.c            128 bits
 *     gcc -O3 -ffp-contract=off -DLANES=8 -mavx2 peak.c     256 bits
 *
 * Prints GFLOP/s, the median of the repetitions. All products are 1, so each sum must end at the number of steps.
 */
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SUMS 12
#define STEPS 16000000L /* below 2^24: a float counts to there */
#define REPETITIONS 9

/* Says that a register may have changed: without it the compiler would compute one product for all sums. */
#ifdef __aarch64__
#define CHANGED(value) __asm__ volatile("" : "+w"(value))
#else
#define CHANGED(value) __asm__ volatile("" : "+x"(value))
#endif

typedef float vector __attribute__((vector_size(4 * LANES)));

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static double gflops(void) {
  vector sums[SUMS] = {0}, x = {0}, y;
  x += 0.5f;
  y = x * 4.0f;
  CHANGED(y);
  double start = now();
  for (long step = 0; step < STEPS; step++) {
#pragma GCC unroll 12
    for (int i = 0; i < SUMS; i++) {
      CHANGED(x);
      sums[i] += x * y;
    }
  }
  double seconds = now() - start;
  for (int i = 0; i < SUMS; i++)
    for (int lane = 0; lane < LANES; lane++)
      if (sums[i][lane] != (float)STEPS) {
        fprintf(stderr, "expected a sum of %ld, found %g\n", STEPS, sums[i][lane]);
        exit(1);
      }
  return 2e-9 * SUMS * LANES * STEPS / seconds;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(void) {
  double all[REPETITIONS];
  for (int i = 0; i < REPETITIONS; i++) all[i] = gflops();
  qsort(all, REPETITIONS, sizeof *all, ascending);
  printf("%.2f\n", all[REPETITIONS / 2]);
  return 0;
}
