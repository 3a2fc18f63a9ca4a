package import Domain
import Foundation
import Synchronization

extension Gate {
    /// Addresses, and pairs of address and port, that one sweep may have; a larger one is several.
    private static let maximumAddresses = 1 << 20
    private static let maximumTargets = 1 << 27
    /// Descriptors that are left to everything else.
    private static let reservedDescriptors = 256

    /// Tries every port of every target, and says which are open, closed, or gave no answer.
    ///
    /// Every target must be in scope, or nothing is sent. When the task is cancelled, what was not reached by then is in
    /// none of the sets. One entry a port, in ascending order. At most 2^20 addresses and 2^27 targets; `seed` decides the
    /// order, and nil draws one. The scope's rate and concurrency hold besides `timing`. `progress` is called a few times
    /// a second, from the sweep's own thread.
    package func sweep(
        _ targets: AddressSet,
        ports: [UInt16],
        timing: SweepTiming = SweepTiming(),
        seed: UInt64? = nil,
        progress: @escaping @Sendable (SweepProgress) -> Void = { _ in }
    ) async throws(GateError) -> [PortSweep] {
        let ports = Set(ports).sorted()
        guard targets.count <= Self.maximumAddresses, targets.count * ports.count <= Self.maximumTargets else {
            throw GateError(.local("more than 2^20 addresses, or 2^27 targets; sweep parts"), attempted: "sweep")
        }
        let addresses = Array(targets.addresses)
        for port in ports {
            guard let address = addresses.first, port == 0 else { continue }
            throw refusal("port 0 names no service", "sweep", Endpoint(address, port))
        }
        for address in addresses { _ = try admit(Endpoint(address, 1), for: "sweep") }
        guard !addresses.isEmpty, !ports.isEmpty else { return [] }
        let order = SweepOrder(addresses: addresses, ports: ports, seed: seed ?? .random(in: .min ... .max))
        let states = try await run(order, timing, progress)
        return Self.sets(states, addresses, ports)
    }

    /// Runs the loop on a thread of its own.
    private func run(
        _ order: SweepOrder,
        _ timing: SweepTiming,
        _ progress: @escaping @Sendable (SweepProgress) -> Void
    ) async throws(GateError) -> [UInt8] {
        let stop = Stop()
        let concurrency = Self.concurrency(min(timing.concurrency, scope.rate.concurrent))
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<[UInt8], GateError>, Never>) in
                let thread = Thread { [self] in
                    continuation.resume(
                        returning: Result { () throws(GateError) in
                            var loop = try SweepLoop(
                                order,
                                timing: timing,
                                concurrency: concurrency,
                                pace: pace,
                                stop: stop,
                                report: progress
                            )
                            defer { meter.count { [loop] in $0.count(sweep: loop) } }
                            try loop.run()
                            return loop.states
                        }
                    )
                }
                thread.name = "sweep"
                thread.start()
            }
        } onCancel: {
            stop.isSet.store(true, ordering: .relaxed)
        }
        return try result.get()
    }

    /// What the system's limit on descriptors leaves of the wish, at least one.
    private static func concurrency(_ wish: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return max(1, min(wish, 256)) }
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        return max(1, min(wish, Int(clamping: limit.rlim_cur) - reservedDescriptors))
    }

    private static func sets(_ states: [UInt8], _ addresses: [IPAddress], _ ports: [UInt16]) -> [PortSweep] {
        var sweeps: [PortSweep] = []
        for (index, port) in ports.enumerated() {
            var found: [SweepLoop.State: [IPAddress]] = [:]
            for (row, address) in addresses.enumerated() {
                let state = SweepLoop.State(rawValue: states[row * ports.count + index]) ?? .notObserved
                found[state, default: []].append(address)
            }
            let set = { (state: SweepLoop.State) in AddressSet(addresses: found[state] ?? []) }
            sweeps.append(PortSweep(port: port, open: set(.open), closed: set(.closed), noAnswer: set(.noAnswer)))
        }
        return sweeps
    }
}

extension GateTally {
    fileprivate mutating func count(sweep: SweepLoop) {
        attempted += sweep.attempted
        opened += sweep.open
    }
}
