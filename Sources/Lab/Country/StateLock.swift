import Glibc
import SystemPackage

/// Keeps a country to one changing process at a time. The kernel lets go of it when the process ends, however it ends.
final class StateLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock of a state folder, which is there.
    init(_ folder: FilePath) throws(LabError) {
        let path = folder.appending("lock")
        // Not inherited: a server that outlives this process must not hold it.
        descriptor = open(path.string, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Files.fault("open", at: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw LabError(
                .environment,
                "another ajar is changing this country; try again when it is done",
                at: "\(folder)"
            )
        }
    }

    /// Lets go of it. Named in a `defer`, which also keeps the lock alive until then.
    func release() { _ = flock(descriptor, LOCK_UN) }

    deinit { close(descriptor) }
}
