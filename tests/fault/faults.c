/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A library to preload: counts the calls that change files, or those that ask for memory, and lets one of them go
 * wrong. The environment says which:
 *
 *   FAULT_HOW    count    counts both (the default); nothing goes wrong
 *                kill     the process is gone before the call, as when the power goes
 *                eio      the call fails with EIO, once
 *                enospc   from this call on, every call that needs room fails with ENOSPC, as on a full disk
 *                memory   the call for memory answers NULL, once
 *   FAULT_AT     the number of the call, from 1
 *   FAULT_TOLD   a file: what went wrong where (`call 17: fdatasync`), or at the end `FILE-CALLS MEMORY-CALLS`
 *
 * Counted from the start of main. Calls that go to the system go there directly, so that there is nothing to look up.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

enum how { COUNT, KILL, EIO_ONCE, ENOSPC_ON, MEMORY };

static struct {
    enum how how;
    bool is_armed;
    unsigned long at, file_calls, memory_calls;
    const char *told; /* NULL when all is told */
} fault;

__attribute__((format(printf, 1, 2))) static void tell(const char *format, ...)
{
    char line[120];
    va_list arguments;
    if (fault.told == NULL)
        return;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    int descriptor = (int)syscall(SYS_openat, AT_FDCWD, fault.told, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (descriptor >= 0) {
        (void)syscall(SYS_write, descriptor, line, (size_t)length);
        (void)syscall(SYS_close, descriptor);
    }
    fault.told = NULL;
}

__attribute__((constructor)) static void arm(void)
{
    static const char *const names[] = {
        [COUNT] = "count", [KILL] = "kill", [EIO_ONCE] = "eio", [ENOSPC_ON] = "enospc", [MEMORY] = "memory"};
    const char *how = getenv("FAULT_HOW"), *at = getenv("FAULT_AT");
    for (size_t i = 0; how != NULL && i < sizeof names / sizeof names[0]; i++)
        if (strcmp(how, names[i]) == 0)
            fault.how = (enum how)i;
    fault.at = at == NULL ? 0 : strtoul(at, NULL, 10);
    fault.told = getenv("FAULT_TOLD");
    fault.is_armed = true;
}

__attribute__((destructor)) static void disarm(void)
{
    fault.is_armed = false;
    if (fault.how == COUNT)
        tell("%lu %lu\n", fault.file_calls, fault.memory_calls);
}

/* Whether this call that changes files goes wrong; errno says how. */
static bool goes_wrong(const char *name, bool needs_room)
{
    if (!fault.is_armed)
        return false;
    unsigned long call = ++fault.file_calls;
    bool is_due = call == fault.at || (fault.how == ENOSPC_ON && call > fault.at);
    if (fault.how == COUNT || fault.how == MEMORY || !is_due || (fault.how == ENOSPC_ON && !needs_room))
        return false;
    tell("call %lu: %s\n", call, name);
    if (fault.how == KILL)
        syscall(SYS_exit_group, 137);
    errno = fault.how == EIO_ONCE ? EIO : ENOSPC;
    return true;
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    bool is_terminal = descriptor == STDOUT_FILENO || descriptor == STDERR_FILENO;
    if (!is_terminal && goes_wrong("write", true))
        return -1;
    return syscall(SYS_write, descriptor, bytes, size);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t at)
{
    return goes_wrong("pwrite", true) ? -1 : syscall(SYS_pwrite64, descriptor, bytes, size, at);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t at)
{
    return goes_wrong("pwrite64", true) ? -1 : syscall(SYS_pwrite64, descriptor, bytes, size, at);
}

int fsync(int descriptor)
{
    return goes_wrong("fsync", false) ? -1 : (int)syscall(SYS_fsync, descriptor);
}

int fdatasync(int descriptor)
{
    return goes_wrong("fdatasync", false) ? -1 : (int)syscall(SYS_fdatasync, descriptor);
}

int ftruncate(int descriptor, off_t size)
{
    return goes_wrong("ftruncate", false) ? -1 : (int)syscall(SYS_ftruncate, descriptor, size);
}

int ftruncate64(int descriptor, off64_t size)
{
    return goes_wrong("ftruncate64", false) ? -1 : (int)syscall(SYS_ftruncate, descriptor, size);
}

int rename(const char *from, const char *to)
{
    return goes_wrong("rename", true) ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    return goes_wrong("renameat2", true) ? -1 : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

int unlink(const char *path)
{
    return goes_wrong("unlink", false) ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int mkdir(const char *path, mode_t mode)
{
    return goes_wrong("mkdir", true) ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

/* Whether this call for memory gets none. */
static bool is_denied(const char *name)
{
    if (!fault.is_armed || ++fault.memory_calls != fault.at || fault.how != MEMORY)
        return false;
    tell("call %lu: %s\n", fault.memory_calls, name);
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return is_denied("malloc") ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return is_denied("calloc") ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return is_denied("realloc") ? NULL : __libc_realloc(old, size);
}
