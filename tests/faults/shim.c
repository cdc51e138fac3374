/* Disturbs a process's dealings with the disk: a library for LD_PRELOAD, controlled by the environment.
 *
 * A seccomp filter traps the system calls of the table, whoever makes them: some crates make theirs past libc. The handler
 * of the trap counts the calls whose paths lie below a folder, and lets them be, fail, come to half, or kill the process.
 *
 *   FAULTS_UNDER=PATH     the folder
 *   FAULTS_TALLY=FILE     where the numbers of calls go (struct tally)
 *   FAULTS_KINDS=MASK     the kinds that are disturbed, a bit for each; they are counted together
 *   FAULTS_N=N            which of them, from 1
 *   FAULTS_ON=1           all later ones too, where calls fail
 *   FAULTS_DO=WHAT        fail, short (half a write, then fail), before or after (killed before the call or after it)
 *   FAULTS_ERRNO=NUMBER   what is said to have gone wrong
 *   FAULTS_LAZY=1         a sync does nothing
 *   FAULTS_LOG=FILE       where everything that changes the folder is written down, in order (struct entry)
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

/* The order is that of KINDS in shim.rs. */
enum kind { OPEN, CREATE, READ, WRITE, SYNC, RENAME, UNLINK, MMAP, TRUNCATE, LOCK, STAT, LIST, MKDIR, CHMOD, KINDS };
/* Which arguments name the file. */
enum named { FD, FD5, PATH, AT, PATHS, ATS };
enum what { LET, FAIL, SHORT, BEFORE, AFTER };

struct call { int number; enum kind kind; enum named named; };

static const struct call CALLS[] = {
#ifdef SYS_open
    {SYS_open, OPEN, PATH}, {SYS_creat, CREATE, PATH}, {SYS_stat, STAT, PATH}, {SYS_lstat, STAT, PATH},
    {SYS_access, STAT, PATH}, {SYS_rename, RENAME, PATHS}, {SYS_link, RENAME, PATHS}, {SYS_unlink, UNLINK, PATH},
    {SYS_rmdir, UNLINK, PATH}, {SYS_mkdir, MKDIR, PATH}, {SYS_chmod, CHMOD, PATH}, {SYS_getdents, LIST, FD},
    {SYS_renameat, RENAME, ATS}, {SYS_readlink, STAT, PATH},
#endif
    {SYS_openat, OPEN, AT}, {SYS_read, READ, FD}, {SYS_pread64, READ, FD}, {SYS_readv, READ, FD},
    {SYS_preadv, READ, FD}, {SYS_write, WRITE, FD}, {SYS_pwrite64, WRITE, FD}, {SYS_writev, WRITE, FD},
    {SYS_pwritev, WRITE, FD}, {SYS_fallocate, WRITE, FD}, {SYS_fsync, SYNC, FD}, {SYS_fdatasync, SYNC, FD},
    {SYS_renameat2, RENAME, ATS}, {SYS_linkat, RENAME, ATS}, {SYS_unlinkat, UNLINK, AT}, {SYS_mmap, MMAP, FD5},
    {SYS_truncate, TRUNCATE, PATH}, {SYS_ftruncate, TRUNCATE, FD}, {SYS_flock, LOCK, FD}, {SYS_statx, STAT, AT},
    {SYS_newfstatat, STAT, AT}, {SYS_fstat, STAT, FD}, {SYS_faccessat, STAT, AT}, {SYS_readlinkat, STAT, AT},
    {SYS_getdents64, LIST, FD}, {SYS_mkdirat, MKDIR, AT}, {SYS_fchmod, CHMOD, FD}, {SYS_fchmodat, CHMOD, AT},
    /* what is refused is done by reading and writing */
    {SYS_copy_file_range, KINDS, FD}, {SYS_sendfile, KINDS, FD},
};
enum { CALLS_LEN = sizeof CALLS / sizeof *CALLS };

struct tally { uint32_t ready, hits, matched, calls[KINDS]; char path[PATH_MAX]; };

struct entry { uint32_t op, path, other, data; uint64_t at; };

static struct tally *tally;
static const char *under;
static size_t under_len;
static uint32_t kinds, nth, and_on, lazy;
static enum what what;
static long error;
static int log_fd = -1;
static volatile char log_lock;

/* A system call that is not trapped: the filter knows where it is made. */
long faults_bare(long number, long a, long b, long c, long d, long e, long f);
extern char faults_bare_end[];
#if defined __x86_64__
__asm__(".text\n.globl faults_bare\nfaults_bare:\n mov %rdi,%rax\n mov %rsi,%rdi\n mov %rdx,%rsi\n mov %rcx,%rdx\n"
        " mov %r8,%r10\n mov %r9,%r8\n mov 8(%rsp),%r9\n syscall\n.globl faults_bare_end\nfaults_bare_end:\n ret\n");
static long argument(ucontext_t *at, int i) {
    static const int order[] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9};
    return at->uc_mcontext.gregs[order[i]];
}
static void give(ucontext_t *at, long result) { at->uc_mcontext.gregs[REG_RAX] = result; }
#elif defined __aarch64__
__asm__(".text\n.globl faults_bare\nfaults_bare:\n mov x8,x0\n mov x0,x1\n mov x1,x2\n mov x2,x3\n mov x3,x4\n"
        " mov x4,x5\n mov x5,x6\n svc #0\n.globl faults_bare_end\nfaults_bare_end:\n ret\n");
static long argument(ucontext_t *at, int i) { return (long)at->uc_mcontext.regs[i]; }
static void give(ucontext_t *at, long result) { at->uc_mcontext.regs[0] = result; }
#else
#error "no other processor is known here"
#endif

static long do_call(int number, const long *a) { return faults_bare(number, a[0], a[1], a[2], a[3], a[4], a[5]); }

static long simply(int number, long a, long b, long c) { return faults_bare(number, a, b, c, 0, 0, 0); }

/* The path of an open file; 0 where it has none. */
static int path_of_fd(long fd, char *path) {
    char link[40] = "/proc/self/fd/", digits[20];
    int len = 0, end = 14;
    if (fd < 0) return 0;
    do digits[len++] = '0' + fd % 10; while (fd /= 10);
    while (len) link[end++] = digits[--len];
    long got = faults_bare(SYS_readlinkat, AT_FDCWD, (long)link, (long)path, PATH_MAX - 1, 0, 0);
    if (got <= 0) return 0;
    path[got] = 0;
    return path[0] == '/';
}

/* The path that a call names, made absolute. */
static int path_at(long dir, const char *name, char *path) {
    if (!name || !*name) return path_of_fd(dir, path);
    size_t len = 0, more = strlen(name);
    if (*name != '/') {
        if ((int)dir == AT_FDCWD ? simply(SYS_getcwd, (long)path, PATH_MAX, 0) <= 0 : !path_of_fd((int)dir, path)) return 0;
        len = strlen(path);
        path[len++] = '/';
    }
    if (len + more >= PATH_MAX) return 0;
    memcpy(path + len, name, more + 1);
    return 1;
}

/* The one or two paths of a call. */
static int names(const struct call *call, const long *a, char *path, char *other) {
    *other = 0;
    switch (call->named) {
    case FD: return path_of_fd((int)a[0], path);
    case FD5: return path_of_fd((int)a[4], path);
    case PATH: return path_at(AT_FDCWD, (char *)a[0], path);
    case AT: return path_at(a[0], (char *)a[1], path);
    case PATHS: return path_at(AT_FDCWD, (char *)a[0], path) && path_at(AT_FDCWD, (char *)a[1], other);
    case ATS: return path_at(a[0], (char *)a[1], path) && path_at(a[2], (char *)a[3], other);
    }
    return 0;
}

static int is_below(const char *path) {
    return !strncmp(path, under, under_len) && (path[under_len] == '/' || !path[under_len]);
}

static void write_log(const void *bytes, size_t len) {
    for (const char *from = bytes; len;) {
        long put = simply(SYS_write, log_fd, (long)from, (long)len);
        if (put <= 0) simply(SYS_kill, simply(SYS_getpid, 0, 0, 0), SIGKILL, 0);
        from += put, len -= put;
    }
}

static int open_flags(int number, const long *a) {
    if (number == SYS_openat) return (int)a[2];
#ifdef SYS_open
    if (number == SYS_creat) return O_CREAT | O_TRUNC;
    if (number == SYS_open) return (int)a[1];
#endif
    return 0;
}

/* Does the call and writes down what it changed; one at a time, so that the order is the true one. */
static long recorded(int number, enum kind kind, const long *a, const char *path, const char *other) {
    struct entry entry = {kind, strlen(path), strlen(other), 0, 0};
    const char *data = 0;
    while (__atomic_test_and_set(&log_lock, __ATOMIC_ACQUIRE)) simply(SYS_sched_yield, 0, 0, 0);
    long result = do_call(number, a);
    if (kind == WRITE && result > 0) {
        data = (char *)a[1], entry.data = result;
        entry.at = number == SYS_pwrite64 ? a[3] : simply(SYS_lseek, a[0], 0, SEEK_CUR) - result;
    } else if (kind == TRUNCATE) {
        entry.at = a[1];
    } else if (kind == CREATE || kind == OPEN) {
        entry.at = (open_flags(number, a) & O_TRUNC) != 0;
    }
    if (result >= 0) {
        write_log(&entry, sizeof entry);
        write_log(path, entry.path);
        write_log(other, entry.other);
        write_log(data, entry.data);
    }
    __atomic_clear(&log_lock, __ATOMIC_RELEASE);
    return result;
}

static long undisturbed(int number, enum kind kind, const long *a, const char *path, const char *other) {
    const unsigned changes = 1u << CREATE | 1u << WRITE | 1u << SYNC | 1u << RENAME | 1u << UNLINK | 1u << TRUNCATE | 1u << MKDIR;
    int truncates = kind == OPEN && open_flags(number, a) & O_TRUNC;
    if (log_fd >= 0 && (changes >> kind & 1 || truncates)) return recorded(number, kind, a, path, other);
    return lazy && kind == SYNC ? 0 : do_call(number, a);
}

static long handled(const struct call *call, const long *a) {
    char path[PATH_MAX], other[PATH_MAX];
    enum kind kind = call->kind;
    if (!names(call, a, path, other) || !(is_below(path) || is_below(other))) return do_call(call->number, a);
    if (kind == KINDS) return -38; /* ENOSYS, which this header does not name */
    /* what is there is opened, also on a full disk */
    int may_create = kind == OPEN && open_flags(call->number, a) & O_CREAT;
    if (may_create && faults_bare(SYS_faccessat, AT_FDCWD, (long)path, F_OK, 0, 0, 0) < 0) kind = CREATE;
    __atomic_add_fetch(&tally->calls[kind], 1, __ATOMIC_SEQ_CST);
    if (!(kinds >> kind & 1)) return undisturbed(call->number, kind, a, path, other);
    uint32_t n = __atomic_add_fetch(&tally->matched, 1, __ATOMIC_SEQ_CST);
    /* what comes behind half a write fails in any case */
    if (what == LET || n < nth || (n > nth && !and_on && !(what == SHORT && n == nth + 1)))
        return undisturbed(call->number, kind, a, path, other);
    if (__atomic_fetch_add(&tally->hits, 1, __ATOMIC_SEQ_CST) == 0) strcpy(tally->path, path);
    if (what == SHORT && n == nth && call->number == SYS_write && a[2] > 1) {
        long half[6] = {a[0], a[1], a[2] / 2, a[3], a[4], a[5]};
        return do_call(call->number, half);
    }
    if (what == FAIL || what == SHORT) return -error;
    if (what == AFTER) undisturbed(call->number, kind, a, path, other);
    simply(SYS_kill, simply(SYS_getpid, 0, 0, 0), SIGKILL, 0);
    return 0;
}

static void on_call(int signal, siginfo_t *info, void *context) {
    long a[6];
    (void)signal;
    for (int i = 0; i < 6; i++) a[i] = argument(context, i);
    for (int i = 0; i < CALLS_LEN; i++)
        if (CALLS[i].number == info->si_syscall) return give(context, handled(&CALLS[i], a));
}

/* Traps the calls of the table, but for those of faults_bare and for memory that is no file's. */
static int set_trap(void) {
    static struct sock_filter filter[2 * CALLS_LEN + 16];
    unsigned short len = 0;
    uintptr_t bare = (uintptr_t)faults_bare_end;
#define LOAD(field) filter[len++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, field)
#define UNLESS(value, skip) filter[len++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skip)
#define END(verdict) filter[len++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict)
    LOAD(offsetof(struct seccomp_data, instruction_pointer));
    UNLESS((uint32_t)bare, 3);
    LOAD(offsetof(struct seccomp_data, instruction_pointer) + 4);
    UNLESS((uint32_t)((uint64_t)bare >> 32), 1);
    END(SECCOMP_RET_ALLOW);
    LOAD(offsetof(struct seccomp_data, nr));
    UNLESS(SYS_mmap, 4);
    LOAD(offsetof(struct seccomp_data, args) + 4 * 8);
    UNLESS(0xffffffff, 1);
    END(SECCOMP_RET_ALLOW);
    LOAD(offsetof(struct seccomp_data, nr));
    for (int i = 0; i < CALLS_LEN; i++) {
        UNLESS((uint32_t)CALLS[i].number, 1);
        END(SECCOMP_RET_TRAP);
    }
    END(SECCOMP_RET_ALLOW);
    struct sock_fprog program = {len, filter};
    return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static uint32_t number(const char *name) {
    const char *value = getenv(name);
    return value ? (uint32_t)strtoul(value, 0, 10) : 0;
}

static void settle(void) {
    static const char *const names[] = {"", "fail", "short", "before", "after"};
    const char *told = getenv("FAULTS_DO");
    for (int i = FAIL; told && i <= AFTER; i++)
        if (!strcmp(told, names[i])) what = i;
    kinds = number("FAULTS_KINDS"), nth = number("FAULTS_N"), and_on = number("FAULTS_ON");
    error = number("FAULTS_ERRNO"), lazy = number("FAULTS_LAZY");
}

/* An open file where no program looks for its own. */
static int far_away(const char *name, int flags) {
    int fd = open(name, flags, 0600);
    int moved = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 500);
    if (fd >= 0) close(fd);
    return moved;
}

__attribute__((constructor)) static void begin(void) {
    struct sigaction action = {.sa_sigaction = on_call, .sa_flags = SA_SIGINFO};
    const char *name = getenv("FAULTS_TALLY"), *log = getenv("FAULTS_LOG");
    under = getenv("FAULTS_UNDER");
    if (!under || !name) return;
    under_len = strlen(under);
    int fd = far_away(name, O_RDWR);
    tally = mmap(0, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (tally == MAP_FAILED) return;
    if (log) log_fd = far_away(log, O_WRONLY | O_CREAT | O_APPEND);
    settle();
    if (!sigaction(SIGSYS, &action, 0) && set_trap()) tally->ready = 1;
}
