/* Included before every source of libunwind, which is compiled with the headers of musl: what Android has otherwise.
 *
 * The place of errno has another name. musl's lock has 32 bytes on 32-bit ARM; Android's has 40 there and 56 elsewhere, all zero
 * at the start, so Android's functions are given one of their own size. */
#define __errno_location __errno
#include <errno.h>
#include <pthread.h>

#ifdef __cplusplus
typedef struct { long long state[7]; } android_rwlock_t;

static inline int android_rdlock(android_rwlock_t *lock) { return pthread_rwlock_rdlock((pthread_rwlock_t *)lock); }
static inline int android_wrlock(android_rwlock_t *lock) { return pthread_rwlock_wrlock((pthread_rwlock_t *)lock); }
static inline int android_unlock(android_rwlock_t *lock) { return pthread_rwlock_unlock((pthread_rwlock_t *)lock); }

#undef PTHREAD_RWLOCK_INITIALIZER
#define PTHREAD_RWLOCK_INITIALIZER {{0}}
#define pthread_rwlock_t android_rwlock_t
#define pthread_rwlock_rdlock android_rdlock
#define pthread_rwlock_wrlock android_wrlock
#define pthread_rwlock_unlock android_unlock
#endif
