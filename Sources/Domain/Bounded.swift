/// Works through the items, so many at a time, and hands over each result as it comes.
///
/// Ends early, leaving items out, when the task is cancelled; the first error ends it as well.
package func bounded<Item: Sendable, Value: Sendable, Failure: Error>(
    _ items: some Sequence<Item>,
    atOnce limit: Int,
    _ work: @escaping @Sendable (Item) async throws(Failure) -> Value,
    each take: (Value) -> Void
) async throws(Failure) {
    var failure: Failure?
    await withTaskGroup(of: Result<Value, Failure>.self) { group in
        var rest = items.makeIterator()
        for _ in 0..<max(limit, 1) {
            guard let item = rest.next(), !Task.isCancelled else { break }
            group.addTask { await outcome(of: item, work) }
        }
        while let result = await group.next() {
            switch result {
            case .success(let value): take(value)
            case .failure(let error):
                failure = failure ?? error
                group.cancelAll()
            }
            guard failure == nil, !Task.isCancelled, let item = rest.next() else { continue }
            group.addTask { await outcome(of: item, work) }
        }
    }
    if let failure { throw failure }
}

private func outcome<Item: Sendable, Value: Sendable, Failure: Error>(
    of item: Item,
    _ work: @Sendable (Item) async throws(Failure) -> Value
) async -> Result<Value, Failure> {
    do {
        return .success(try await work(item))
    } catch {
        return .failure(error)
    }
}
