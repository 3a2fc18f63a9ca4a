import Domain
import Glibc

/// The libraries in use, each opened once, before confinement, and reused for every file.
struct Tools {
    let detector: TypeDetector
    let decoders: TextDecoders
    let recognisers: Recognisers

    init() throws {
        // libarchive gives names outside ASCII only in a locale that has them.
        setlocale(LC_CTYPE, "C.UTF-8")
        LibAV.silence()
        detector = try TypeDetector()
        decoders = try TextDecoders()
        recognisers = Recognisers.open()
    }

    /// All names and versions, for the greeting.
    var all: [Tool] {
        [
            Tool(name: "reader", version: ajarVersion), detector.tool, LibAV.tool, Papers.tool, Sheets.tool,
            Archives.tool, decoders.tool,
        ]
            + recognisers.all.map(\.tool)
    }
}
