/// Works through the items, so many at a time, and hands over each result as it comes.
///
/// Ends early, leaving items out, when the task is cancelled; the first error ends it as well.
func bounded<Item: Sendable, Result: Sendable, Failure: Error>(
    _ items: some Sequence<Item>,
    atOnce limit: Int,
    _ work: @escaping @Sendable (Item) async throws(Failure) -> Result,
    each take: (Result) -> Void
) async throws(Failure) {
    do {
        try await withThrowingTaskGroup(of: Result.self) { group in
            var rest = items.makeIterator()
            for _ in 0..<max(limit, 1) {
                guard let item = rest.next(), !Task.isCancelled else { break }
                group.addTask { try await work(item) }
            }
            while let result = try await group.next() {
                take(result)
                guard !Task.isCancelled, let item = rest.next() else { continue }
                group.addTask { try await work(item) }
            }
        }
    } catch let failure as Failure {
        throw failure
    } catch {
        preconditionFailure("the group throws what its tasks throw")
    }
}
