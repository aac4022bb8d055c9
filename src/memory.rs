//! How freed memory goes back to the system.
#![allow(unsafe_code, reason = "one call into the C library; see below")]

/// Has large blocks (128 KiB and more) always given back when they are freed.
///
/// glibc starts so, but raises the limit to the largest block ever freed, up to 32 MiB; what is
/// freed below the limit stays with the process in as many heaps as there were threads. After a
/// large file was read on all cores that was a third of all memory. To be called once at the
/// start of the program. Does nothing with other C libraries.
pub fn give_back_large_blocks() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        const LARGE: libc::c_int = 128 << 10;
        // SAFETY: sets numbers inside the allocator, under its own lock; any value is allowed.
        let done = unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE) };
        if done == 0 {
            log::warn!("the allocator keeps its own limit for large blocks");
        }
    }
}
