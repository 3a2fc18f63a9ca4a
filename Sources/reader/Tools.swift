import Domain

/// The libraries in use, each opened once, before confinement, and reused for every file.
struct Tools {
    let detector: TypeDetector
    let decoders: TextDecoders
    let recognisers: Recognisers

    init() throws {
        LibAV.silence()
        detector = try TypeDetector()
        decoders = try TextDecoders()
        recognisers = Recognisers.open()
    }

    /// All names and versions, for the greeting.
    var all: [Tool] {
        [
            Tool(name: "reader", version: ajarVersion), detector.tool, LibAV.tool, Sheets.tool, Archives.tool,
            decoders.tool,
        ]
            + recognisers.all.map(\.tool)
    }
}
