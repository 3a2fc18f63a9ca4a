import CFuzzer
import Glibc

/// Which target this process fuzzes; set once, before the first input.
nonisolated(unsafe) private var chosen = fuzzTargets[0]

/// `Fuzz TARGET [libFuzzer's options and corpora]`; without a target it lists them. SwiftPM calls an executable's main by
/// this name, and libFuzzer's own main is then left out.
@_cdecl("Fuzz_main")
public func main(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32 {
    guard count > 1, let arguments, let name = arguments[1].map({ String(cString: $0) }),
        let target = fuzzTargets.first(where: { $0.name == name })
    else {
        for target in fuzzTargets { print(target.name) }
        return count > 1 ? 64 : 0
    }
    chosen = target
    // The target's name is no option of libFuzzer's.
    arguments[1] = arguments[0]
    var (left, rest): (Int32, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) = (count - 1, arguments + 1)
    return LLVMFuzzerRunDriver(&left, &rest) { data, size in
        chosen.run(Array(UnsafeBufferPointer(start: data, count: size)))
        return 0
    }
}
