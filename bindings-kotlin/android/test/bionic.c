/* What differs between Android's C library and glibc, for the functions that the native library calls. The rest is the same
 * by name, and `shim` makes a jump to it. These names get the prefix android_ here; `shim` exports them under Android's. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;
/* Made by `shim`: what API 24 has, in the order of bytes, and the jumps with their places. */
extern const char *const api[];
extern const size_t api_count;
extern const struct { const char *name; void **place; } jumps[];
extern const size_t jumps_count;

void *android_stderr;
char **android_environ;

int *android___errno(void) { return __errno_location(); }

void android_android_set_abort_message(const char *message) { fprintf(stderr, "%s\n", message); }

/* Android's is the one of POSIX. */
int __xpg_strerror_r(int, char *, size_t);
int android_strerror_r(int number, char *text, size_t size) { return __xpg_strerror_r(number, text, size); }

/* Rust asks for ro.arch, since one processor says that it has instructions which half of its cores lack. None is set. */
int android___system_property_get(const char *name, char *value) {
    (void)name;
    *value = 0;
    return 0;
}

/* The names have other numbers. One that is not here would be answered with something else, so it ends the process. */
long android_sysconf(int name) {
    switch (name) {
    case 0x0006: return sysconf(_SC_CLK_TCK);
    case 0x0027: case 0x0028: return sysconf(_SC_PAGESIZE);
    case 0x0047: return sysconf(_SC_GETGR_R_SIZE_MAX);
    case 0x0048: return sysconf(_SC_GETPW_R_SIZE_MAX);
    case 0x004b: return sysconf(_SC_THREAD_STACK_MIN);
    case 0x0060: return sysconf(_SC_NPROCESSORS_CONF);
    case 0x0061: return sysconf(_SC_NPROCESSORS_ONLN);
    case 0x0062: return sysconf(_SC_PHYS_PAGES);
    }
    fprintf(stderr, "shim: sysconf(%#x) of Android is not known\n", name);
    abort();
}

/* Attributes of a thread have 56 bytes there and 64 in glibc on arm64: glibc's are made only when the thread is. */
struct attributes { uint64_t stack_size; uint64_t detached; };

int android_pthread_attr_init(struct attributes *of) {
    memset(of, 0, sizeof *of);
    return 0;
}

int android_pthread_attr_destroy(struct attributes *of) {
    (void)of;
    return 0;
}

int android_pthread_attr_setstacksize(struct attributes *of, size_t size) {
    if (size < 16384) return EINVAL;
    of->stack_size = size;
    return 0;
}

int android_pthread_create(pthread_t *thread, const struct attributes *of, void *(*run)(void *), void *with) {
    pthread_attr_t real;
    pthread_attr_init(&real);
    if (of && of->stack_size) pthread_attr_setstacksize(&real, of->stack_size);
    int failed = pthread_create(thread, &real, run, with);
    pthread_attr_destroy(&real);
    return failed;
}

static int compare(const void *name, const void *entry) { return strcmp(name, *(const char *const *)entry); }

/* What API 24 lacks is not found there either, though glibc has it. */
void *android_dlsym(void *handle, const char *name) {
    if (handle == RTLD_DEFAULT) {
        if (!bsearch(name, api, api_count, sizeof *api, compare)) return NULL;
        for (size_t i = 0; i < jumps_count; i++)
            if (!strcmp(jumps[i].name, name)) return *jumps[i].place;
    }
    return dlsym(handle, name);
}

/* The jumps have the same names, and one that leads to itself would never end. Their libraries have no number. */
static int is_jump(void *place) {
    Dl_info found;
    if (!dladdr(place, &found)) return 0;
    size_t length = strlen(found.dli_fname);
    return length > 3 && !strcmp(found.dli_fname + length - 3, ".so");
}

/* Runs when the shim is loaded, before anything of the native library does. */
__attribute__((constructor)) static void fill(void) {
    android_stderr = stderr;
    android_environ = environ;
    for (size_t i = 0; i < jumps_count; i++) {
        if (*jumps[i].place) continue;
        *jumps[i].place = dlsym(RTLD_DEFAULT, jumps[i].name);
        if (!*jumps[i].place || is_jump(*jumps[i].place)) {
            fprintf(stderr, "shim: glibc has no %s\n", jumps[i].name);
            abort();
        }
    }
}
