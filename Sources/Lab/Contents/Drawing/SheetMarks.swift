/// What stands on a sheet of animation paper beside the drawing.
enum SheetMarks {
    /// The holes of the peg bar: one round, two long.
    static func pegs(_ pencil: inout Pencil) {
        pencil.ellipse(Point(320, 13), 6, 6, ink: .grey(0.6), fill: .grey(0.86), width: 0.8)
        for middle in [190.0, 450] {
            let slot = [
                Point(middle - 15, 9), Point(middle + 15, 9), Point(middle + 18, 13), Point(middle + 15, 17),
                Point(middle - 15, 17), Point(middle - 18, 13),
            ]
            pencil.shape(slot, ink: .grey(0.6), fill: .grey(0.86), width: 0.8)
        }
    }

    /// The camera's field and the safe area inside it.
    static func field(_ pencil: inout Pencil) {
        for (inset, ink) in [(24.0, Ink.soft), (44, Ink.blue.faded(0.5))] {
            let (left, top) = (inset, inset * 0.75 + 6)
            let corners = [
                Point(left, top), Point(640 - left, top), Point(640 - left, 360 - top + 6), Point(left, 360 - top + 6),
            ]
            for index in 0..<4 { pencil.ruled(corners[index], corners[(index + 1) % 4], ink: ink, width: 0.9) }
        }
    }

    /// A timing chart: a line with ticks for the drawings in between.
    static func timingChart(_ pencil: inout Pencil) {
        let (top, bottom) = (Point(592, 96), Point(592, 250))
        pencil.ruled(top, bottom, ink: .graphite, width: 1.2)
        let count = pencil.generator.number(in: 3...6)
        for index in 0...count {
            let share = Double(index) / Double(count)
            // Closer towards the end: the movement slows down.
            let place = top.towards(bottom, 1 - (1 - share) * (1 - share))
            let isKey = index == 0 || index == count
            pencil.ruled(
                place + Point(isKey ? -11 : -6, 0),
                place + Point(isKey ? 11 : 6, 0),
                ink: .graphite,
                width: 1.1
            )
            if isKey { pencil.ellipse(place + Point(20, 0), 7, 7, width: 1) }
        }
    }
}
