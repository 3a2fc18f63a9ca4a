import Domain

extension BatchPlanner {
    /// Adds what lay there before the first batch, dated within the three weeks before.
    mutating func addStock(before first: Day) {
        var generator = SeededGenerator(seed, "stock")
        func moment(_ generator: inout SeededGenerator) -> Timestamp {
            first.adding(-generator.number(in: 3...24)).start
                .adding(seconds: Int64(generator.number(in: 4_000...40_000)))
        }
        for _ in 0..<world.stock.references { addReference(&generator, at: moment(&generator)) }
        for number in 0..<world.stock.horses {
            let container: Recipe.Container = number % 3 == 2 ? .mov : .mp4
            let scene = Scene(subject: .horse, design: UInt64(number), seed: generator.next(), phase: 0, hand: .clean)
            let names = [
                "其他/马/horse_\((number + 1).digits(2))", "其他/马/말달리기_\(number + 1)", "其他/马/IMG_\(1203 + number * 7)",
            ]
            place(
                Array("\(names[number % 3]).\(container.rawValue)".utf8),
                .clip(scene, container),
                at: moment(&generator),
                status: .unidentified,
                evidence: .none
            )
        }
        addBook(&generator, at: moment(&generator))
    }

    private mutating func addBook(_ generator: inout SeededGenerator, at moment: Timestamp) {
        guard world.stock.pages > 0 else { return }
        let folder = "books/\(BookPage.title)/"
        for number in 1...world.stock.pages {
            let page = BookPage(number: number, seed: 77 + UInt64(number % 5))
            place(
                Array("\(folder)стр_\(number.digits(3)).jpg".utf8),
                .bookPage(page),
                at: moment.adding(seconds: Int64(number * 40)),
                status: .unidentified,
                evidence: .none
            )
        }
        let text = BookPage.title + "\n\n" + BookPage.paragraphs.joined(separator: "\n\n") + "\n"
        place(
            Array("\(folder)\(BookPage.title).txt".utf8),
            .text(Array(text.utf8), notes: []),
            at: moment.adding(seconds: 3_600),
            status: .unidentified,
            evidence: .none
        )
    }

    /// Adds one piece of material to work from.
    mutating func addReference(_ generator: inout SeededGenerator, at moment: Timestamp) {
        let number = takeReference()
        let (folder, subject): (String, Scene.Subject) = generator.pick([
            ("参考/人设/model_", .turnaround), ("参考/风景/风景_", .landscape), ("자료/배경/배경_", .landscape),
            ("자료/동작/걷기_", .figure), ("ref/walk/walk_cycle_", .figure), ("ref/street/street_", .street),
            ("参考/动物/狐狸_", .fox), ("ref/birds/gull_", .gull),
        ])
        let scene = Scene(
            subject: subject,
            action: .walk,
            design: generator.next(),
            seed: generator.next(),
            phase: Double(generator.number(in: 0...15)) / 16,
            hand: .clean
        )
        let format: Recipe.PictureFormat = generator.chance(0.7) ? .jpeg : .png
        place(
            Array("\(folder)\(number.digits(3)).\(format.fileExtension)".utf8),
            .drawing(scene, format, width: 640),
            at: moment,
            status: .reference,
            evidence: .name
        )
    }
}
