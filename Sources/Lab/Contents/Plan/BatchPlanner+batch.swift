import Domain

extension BatchPlanner {
    /// Adds the new files of one batch day.
    mutating func addBatch(_ index: Int) {
        let day = batchDays[index]
        var generator = SeededGenerator(seed, "batch", day.description)
        var hours = WorkingHours(day, seed: seed)
        let total = generator.number(in: world.filesADay[0]...world.filesADay[1])
        let before = files.count
        addNotes(day, isFaulty: isDue(world.noteFaults, at: index), &generator, &hours)
        for _ in 0..<generator.number(in: world.clipsADay[0]...world.clipsADay[1]) { addClip(&generator, &hours) }
        addSheet(day, &generator, &hours)
        addText(day, &generator, &hours)
        for _ in 0..<generator.number(in: 0...2) { addReference(&generator, at: hours.working()) }
        if index % 7 == 0 { addSlate(day, at: hours.morning()) }
        addSequence(&generator, &hours)
        if total - (files.count - before) > 24 { addSequence(&generator, &hours) }
        var isMisnamed = isDue(world.misnamed, at: index)
        while files.count - before < total {
            addDrawing(&generator, at: hours.working(), isMisnamed: isMisnamed)
            isMisnamed = false
        }
    }

    /// Whether one of `count` events, spread evenly over the batches after the first, falls on this one.
    func isDue(_ count: Int, at index: Int) -> Bool { due(count, at: index) > 0 }

    /// How many of `count` events fall on this batch.
    func due(_ count: Int, at index: Int) -> Int {
        guard index > 0, count > 0 else { return 0 }
        let days = batchDays.count
        return (1...count).filter { max($0 * days / (count + 1), 1) == index }.count
    }

    /// A scene of a production: its characters more than its places.
    func scene(_ production: Int, _ generator: inout SeededGenerator) -> Scene {
        let fox = world.productions[production].tradition == .chinese
        let subjects: [Scene.Subject] = [.figure, .figure, .head, .head, .street, .boat, .gull, fox ? .fox : .figure]
        let subject = generator.pick(subjects)
        let actions: [Scene.Action] = [.walk, .turn, .jump, .wave, .still]
        return Scene(
            subject: subject,
            action: generator.pick(actions),
            design: design(of: production, generator.number(in: 1...4)),
            seed: generator.next(),
            phase: Double(generator.number(in: 0...15)) / 16,
            hand: generator.chance(0.7) ? .rough : .clean,
            hasChart: generator.chance(0.3),
            hasField: subject == .street || generator.chance(0.2),
            hasPegs: generator.chance(0.6)
        )
    }

    private mutating func addDrawing(_ generator: inout SeededGenerator, at moment: Timestamp, isMisnamed: Bool) {
        let production = production(&generator)
        var scene = scene(production, &generator)
        let steps: [Piece.Step] = [.layout, .key, .key, .key, .secondKey, .cleanUp, .correction, .retake, .storyboard]
        let step = scene.subject == .street ? Piece.Step.background : generator.pick(steps)
        if step == .cleanUp { scene.hand = .clean }
        let formats: [Recipe.PictureFormat] = [.png, .png, .png, .jpeg, .jpeg, .psd, .psd, .tga, .plainTGA]
        let format = isMisnamed ? Recipe.PictureFormat.png : generator.pick(formats)
        let (episode, cut) = takeCut(of: production)
        let piece = Piece(
            step: step,
            season: world.productions[production].season,
            episode: episode,
            cut: cut,
            take: generator.number(in: 1...3),
            version: generator.number(in: 1...6),
            fileExtension: isMisnamed ? generator.pick(["psd", "jpg", "tga"]) : format.fileExtension,
            pattern: generator.number(in: 0...59)
        )
        let width = format == .plainTGA ? 320 : (format == .psd || format == .tga ? 480 : 640)
        let named = piece.named(in: world.productions[production])
        place(named, .drawing(scene, format, width: width), at: moment, for: production)
    }

    /// The same character at successive moments, one file each.
    private mutating func addSequence(_ generator: inout SeededGenerator, _ hours: inout WorkingHours) {
        let production = production(&generator)
        var scene = scene(production, &generator)
        if scene.subject == .street { scene.subject = .figure }
        scene.action = generator.pick([.walk, .jump, .wave, .turn])
        (scene.hasPegs, scene.hasChart, scene.hasField, scene.hand) = (false, false, false, .clean)
        let count = generator.number(in: 8...12)
        let format: Recipe.PictureFormat = generator.pick([.tga, .tga, .plainTGA, .png])
        let (episode, cut) = takeCut(of: production)
        var moment = hours.working()
        for frame in 1...count {
            scene.phase = Double(frame - 1) / Double(count)
            scene.seed &+= 1
            let piece = Piece(
                step: .inbetween,
                season: world.productions[production].season,
                episode: episode,
                cut: cut,
                layer: "A",
                frame: frame,
                fileExtension: format.fileExtension,
                pattern: 0
            )
            let named = piece.named(in: world.productions[production])
            place(named, .drawing(scene, format, width: 320), at: moment, for: production)
            moment = moment.adding(seconds: Int64(generator.number(in: 1...4)))
        }
    }

    private mutating func addClip(_ generator: inout SeededGenerator, _ hours: inout WorkingHours) {
        let production = production(&generator)
        var scene = scene(production, &generator)
        if scene.subject == .street { scene.subject = .boat }
        if scene.action == .still { scene.action = .walk }
        scene.hasPegs = true
        let container: Recipe.Container = generator.chance(0.5) ? .mov : .mp4
        let (episode, cut) = takeCut(of: production)
        let piece = Piece(
            step: .animation,
            season: world.productions[production].season,
            episode: episode,
            cut: cut,
            take: generator.number(in: 1...2),
            fileExtension: container.rawValue,
            pattern: generator.number(in: 1...2)
        )
        let named = piece.named(in: world.productions[production])
        place(named, .clip(scene, container), at: hours.working(), for: production)
    }
}
