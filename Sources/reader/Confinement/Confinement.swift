import CSandbox
import Domain
import Glibc

/// Takes from this process, for good, everything that decoding does not need. Called before the first hostile byte.
///
/// Whatever the decoders need from the disk (type rules, recognition models, character tables) must be open by then:
/// afterwards no path can be opened at all.
enum Confinement {
    /// Address space of the reader, in bytes: a file of 512 MiB, its picture, and the models fit.
    static let addressSpace: UInt = 3 << 30

    /// Applies every layer this kernel offers and says which are in force. Nothing is retried and nothing is hidden.
    static func enter() -> [ReaderGreeting.Layer] {
        // The file rules need a descriptor for a moment, so they come before the limit on descriptors.
        [privileges(), parentWatch(), FileRules.apply(), limits(), CallFilter.apply()]
    }

    /// Only the layer that guards files and ports, so that a test can see it hold by itself.
    static func enterFileRulesAlone() -> [ReaderGreeting.Layer] {
        [privileges(), FileRules.apply()]
    }

    private static func privileges() -> ReaderGreeting.Layer {
        let refused = ajar_no_new_privileges() | ajar_not_dumpable()
        return layer("no-new-privileges", refused, "no privilege by exec, no core, no tracing by others")
    }

    private static func parentWatch() -> ReaderGreeting.Layer {
        layer("dies-with-parent", ajar_die_with_parent(SIGKILL), "SIGKILL when the parent ends")
    }

    private static func limits() -> ReaderGreeting.Layer {
        let refused =
            ajar_limit(Int32(RLIMIT_AS.rawValue), addressSpace, addressSpace)
            | ajar_limit(Int32(RLIMIT_CORE.rawValue), 0, 0)
            | ajar_limit(Int32(RLIMIT_NOFILE.rawValue), 0, 0)
        return layer("limits", refused, "3 GiB of addresses, no new descriptor, no core")
    }

    static func layer(_ name: String, _ refused: Int32, _ detail: String) -> ReaderGreeting.Layer {
        let reason = refused == 0 ? detail : "not available: \(String(cString: strerror(errno)))"
        return ReaderGreeting.Layer(name: name, isInForce: refused == 0, detail: reason)
    }

    /// Lets the kernel end this process when it has used `seconds` of processor time from now on.
    static func allow(processorSeconds seconds: Int) {
        let soft = UInt(clamping: ajar_processor_seconds() + max(1, seconds) + 1)
        // A refusal is caught by the parent's own clock.
        _ = ajar_limit(Int32(RLIMIT_CPU.rawValue), soft, rlim_t.max)
    }
}
