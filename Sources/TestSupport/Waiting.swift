/// Something did not come about in time.
package struct Overdue: Error, CustomStringConvertible {
    package let description: String
}

/// Asks again and again until `condition` holds, and throws ``Overdue`` when it does not within the time given.
package func wait(
    for what: String,
    within limit: Duration = .seconds(15),
    until condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw Overdue(description: "\(what): not within \(limit)") }
        try await Task.sleep(for: .milliseconds(10))
    }
}
