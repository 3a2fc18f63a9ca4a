import CCairo
import Domain

/// A drawing with editing notes on it: the note, its translation, red circles, the day's stamp.
struct NoteSheet: Hashable, Sendable {
    enum Layout: Sendable {
        /// Both texts in a column beside the drawing.
        case column
        /// One text above the drawing, the other below.
        case aboveAndBelow
    }

    var scene: Scene
    var notes: [NotePhrase]
    var layout: Layout
    /// Whether the translation stands above the note.
    var isTranslationFirst: Bool
    /// What is printed in the corner, such as `SC012  T2`; empty for nothing.
    var label: String
    var day: Day

    func draw(on canvas: Canvas) {
        scene.draw(on: canvas)
        var pencil = Pencil(on: canvas, hand: .rough, generator: SeededGenerator(scene.seed, "notes"))
        pencil.width = 2.2
        let tops = layout == .column ? writeColumn(on: canvas) : writeAboveAndBelow(on: canvas)
        for (note, top) in zip(notes, tops) { mark(note, leadingTo: top, with: &pencil) }
        if !label.isEmpty {
            Writing(font: .latin, size: 11, ink: .graphite, isBold: true)
                .write(label, on: canvas, at: Point(28, 8), width: 260)
        }
        stamp(on: canvas, at: Point(502, 322), &pencil)
    }

    /// Returns where each note's text begins, for the line that leads to it.
    private func writeColumn(on canvas: Canvas) -> [Double?] {
        var top = 58.0
        return notes.enumerated().map { index, note in
            let start = top
            for (text, isNote) in texts(of: note) {
                let seed = scene.seed &+ UInt64(index)
                top += writing(isNote).write(text, on: canvas, at: Point(404, top), width: 212, seed: seed) + 5
            }
            top += 13
            return start
        }
    }

    private func writeAboveAndBelow(on canvas: Canvas) -> [Double?] {
        guard let note = notes.first else { return [] }
        for (index, (text, isNote)) in texts(of: note).enumerated() {
            let corner = index == 0 ? Point(110, 28) : Point(40, 318)
            writing(isNote).write(text, on: canvas, at: corner, width: index == 0 ? 480 : 450, seed: scene.seed)
        }
        return [nil]
    }

    private func texts(of note: NotePhrase) -> [(text: String, isNote: Bool)] {
        let both = [(note.note, true)] + (note.translation.map { [($0, false)] } ?? [])
        return isTranslationFirst ? both.reversed() : both
    }

    private func writing(_ isNote: Bool) -> Writing {
        isNote
            ? Writing(font: .chinese, size: 14.5, ink: .red, shake: 0.55, hasTape: true)
            : Writing(
                font: .korean,
                size: 14.5,
                ink: Ink(red: 0.12, green: 0.2, blue: 0.55),
                shake: 0.55,
                hasTape: true
            )
    }

    /// A red circle drawn twice round, as in a hurry.
    private func mark(_ note: NotePhrase, leadingTo top: Double?, with pencil: inout Pencil) {
        guard let mark = note.mark, let place = scene.marks[mark] else { return }
        let size = scene.subject == .head ? 38.0 : 24
        for turn in 0..<2 {
            let slip = Double(turn) * 3
            let points = (0...11).map { index in
                let share = Double(index) / 10 - 0.1 * Double(turn)
                return Point(
                    place.x + (size + slip + share * 4) * Trigonometry.wave(share + 0.25),
                    place.y + (size * 0.82 - slip) * Trigonometry.wave(share)
                )
            }
            pencil.line(points, ink: .red, width: 2)
        }
        if scene.subject == .head, mark == "jaw" {
            pencil.line(
                [place + Point(-46, -34), place + Point(-18, -4), place + Point(-6, 0), place + Point(22, -36)],
                ink: .red,
                width: 1.6
            )
        }
        if let top {
            let start = place + Point(size, -size * 0.3)
            let end = Point(397, top + 10)
            if end.x - start.x > 10 {
                pencil.line([start, start.towards(end, 0.5) + Point(0, -8), end], ink: .red, width: 1.2)
            }
        }
    }

    private func stamp(on canvas: Canvas, at corner: Point, _ pencil: inout Pencil) {
        let (year, month, day) = day.parts
        let digits = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        let context = canvas.context
        cairo_save(context)
        cairo_translate(context, corner.x, corner.y)
        cairo_rotate(context, pencil.generator.number(from: -0.06, to: 0.06))
        for inset in [0.0, 2.5] {
            cairo_rectangle(context, inset, inset, 104 - 2 * inset, 24 - 2 * inset)
            canvas.use(Ink.red.faded(0.85))
            cairo_set_line_width(context, inset == 0 ? 1.6 : 0.7)
            cairo_stroke(context)
        }
        Writing(font: .latin, size: 14, ink: Ink.red.faded(0.9), isBold: true)
            .write("\(year).\(digits(month)).\(digits(day))", on: canvas, at: Point(9, 3.5), width: 120)
        cairo_restore(context)
    }
}
