import Domain

/// The picture before a cut: company, episode, cut and day on a ruled board.
struct Slate: Hashable, Sendable {
    var company: String
    var episode: Int
    var cut: Int
    var day: Day

    func draw(on canvas: Canvas) {
        var pencil = Pencil(on: canvas, hand: .clean, generator: SeededGenerator(UInt64(cut), "slate"))
        for (top, bottom) in [(50.0, 130.0), (130, 220), (220, 310)] {
            pencil.shape([
                Point(60, top), Point(320, top), Point(580, top), Point(580, bottom), Point(320, bottom),
                Point(60, bottom),
            ])
        }
        pencil.ruled(Point(320, 130), Point(320, 310), ink: .graphite, width: 1.4)
        let letters = Writing(font: .latin, size: 25, ink: .black, isBold: true)
        letters.write(company, on: canvas, at: Point(80, 74), width: 490)
        letters.write("EP \(episode.digits(2))", on: canvas, at: Point(84, 160), width: 230)
        letters.write("CUT \(cut.digits(3))", on: canvas, at: Point(344, 160), width: 230)
        let (year, month, date) = day.parts
        letters.write("\(year).\(month.digits(2)).\(date.digits(2))", on: canvas, at: Point(84, 250), width: 230)
        letters.write("24 FPS", on: canvas, at: Point(344, 250), width: 230)
    }
}
