package import Domain

/// Who is told how far the making of a bundle has come, and who may break it off.
package struct BundleWatch: Sendable {
    let progress: @Sendable (StageProgress) -> Void
    let isCancelled: @Sendable () -> Bool

    package init(
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.progress = progress
        self.isCancelled = isCancelled
    }

    /// Tells of bytes that were done, and stops when that is asked for.
    func tell(_ done: UInt64, of total: UInt64) throws(VaultError) {
        guard !isCancelled() else { throw VaultError(.closed, "finish a bundle that was broken off") }
        progress(StageProgress(done: Int(done), total: Int(max(done, total)), what: "bytes"))
    }
}
