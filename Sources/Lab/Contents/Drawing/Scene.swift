/// One drawing: who or what, doing what, at which moment of the movement.
struct Scene: Hashable, Sendable {
    enum Subject: String, CaseIterable, Sendable {
        case figure
        case head
        case fox
        case horse
        case gull
        case boat
        case street
        case turnaround
        case landscape
    }

    enum Action: String, CaseIterable, Sendable {
        case walk
        case turn
        case jump
        case wave
        case still
    }

    var subject: Subject
    var action: Action = .still
    /// What the character or the place looks like: the same in every drawing of it.
    var design: UInt64
    /// What this drawing's lines look like.
    var seed: UInt64
    /// How far through the movement, 0 to 1.
    var phase = 0.0
    var hand: Pencil.Hand = .rough
    /// How far left of the middle the drawing stands, to leave room for notes.
    var shift = 0.0
    /// Whether a timing chart stands at the side.
    var hasChart = false
    /// Whether the camera's field is ruled around.
    var hasField = false
    /// Whether the holes of the peg bar are drawn, as on scanned paper.
    var hasPegs = false
}

extension Scene {
    /// Draws the scene on a fresh sheet.
    func draw(on canvas: Canvas) {
        var pencil = Pencil(on: canvas, hand: hand, generator: SeededGenerator(seed, subject.rawValue))
        let looks = Looks(design)
        if hasPegs { SheetMarks.pegs(&pencil) }
        if hasField { SheetMarks.field(&pencil) }
        switch subject {
        case .figure: drawFigure(&pencil, looks)
        case .head: drawHead(&pencil, looks)
        case .fox: drawCrossing(&pencil) { Fox(looks: looks, action: action, phase: phase).draw(&$0, at: $1) }
        case .horse: drawCrossing(&pencil) { Horse(looks: looks, phase: phase).draw(&$0, at: $1) }
        case .gull: Gull(phase: phase).draw(&pencil, seed: design)
        case .boat: Boat(looks: looks, phase: phase).draw(&pencil)
        case .street: Street(design: design).draw(&pencil)
        case .turnaround: Turnaround(looks: looks).draw(&pencil)
        case .landscape: Landscape(design: design).draw(&pencil)
        }
        if hasChart { SheetMarks.timingChart(&pencil) }
    }

    /// The middle of the drawing.
    var centre: Point { Point(310 - shift, 170) }

    private func drawFigure(_ pencil: inout Pencil, _ looks: Looks) {
        let travel = action == .walk ? (phase - 0.5) * 200 : 0
        let ground = Point(centre.x + travel, 326)
        if pencil.hand == .rough {
            pencil.ruled(Point(60, 327), Point(580, 327), ink: Ink.blue.faded(0.5), width: 0.8)
        }
        Figure(looks: looks, action: action, phase: phase).draw(&pencil, on: ground, unit: 25)
    }

    private func drawHead(_ pencil: inout Pencil, _ looks: Looks) {
        let turn = action == .turn ? -0.8 + 1.6 * phase : pencil.generator.number(from: -0.5, to: 0.5)
        let tilt = pencil.generator.number(from: -6, to: 6)
        pencil.width = 1.8
        let head = Head(looks: looks, turn: turn, tilt: tilt, isSpeaking: action == .wave)
        head.drawShoulders(&pencil, at: centre, radius: 92)
        head.draw(&pencil, at: centre, radius: 92)
    }

    /// Draws something that crosses the sheet from left to right over the movement.
    private func drawCrossing(_ pencil: inout Pencil, draw: (inout Pencil, Point) -> Void) {
        pencil.ruled(Point(50, 301), Point(590, 301), ink: Ink.blue.faded(0.45), width: 0.8)
        draw(&pencil, Point(centre.x - 60 + 130 * phase, 300))
    }
}
