package import Domain

extension Gate {
    /// Tries every target's every port once, and says which are open, closed, or gave no answer.
    package func sweep(
        _ targets: AddressSet,
        ports: [UInt16],
        timing: SweepTiming,
        progress: @Sendable (SweepProgress) -> Void
    ) async throws(GateError) -> [PortSweep] {
        throw GateError(.local("not there yet"), attempted: "sweep")
    }
}
