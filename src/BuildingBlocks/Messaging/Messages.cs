using MediatR;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>An order: named in the imperative, owned by the module that carries it out.</summary>
public interface ICommand<out TResult> : IRequest<TResult>;

/// <summary>A question: a noun phrase, answered without changing anything.</summary>
public interface IQuery<out TResult> : IRequest<TResult>;

/// <summary>A fact, in the past tense, told to whoever listens. It carries what a listener needs,
/// so that no reaction asks back.</summary>
public interface IEvent;

/// <summary>An event on its way: <paramref name="Id"/> is the same at each delivery.</summary>
/// <param name="Id">Of the row in the outbox; the key of the listener's inbox.</param>
/// <param name="At">UTC instant at which it was told.</param>
/// <param name="ActorId">The account whose act it was; null when the platform acted by itself.</param>
public sealed record Told<TEvent>(Guid Id, DateTime At, Guid? ActorId, TEvent Event)
    where TEvent : IEvent;

/// <summary>What a module does when something was told. It may run more than once for one event only
/// if it failed before: the mark in the module's inbox is saved together with its work.</summary>
public interface IReaction<TEvent>
    where TEvent : IEvent
{
    Task React(Told<TEvent> told, CancellationToken cancellation);
}

/// <summary>A reaction to what comes by the thousand: what waits is handed to it in groups, in the order it was told and by one
/// account, so that it asks once and saves once for all of them. A lone event is a group of one. Should it fail, each of
/// the group is handed to it alone. To be written so that everything is in one save.</summary>
public interface IGroupReaction<TEvent>
    where TEvent : IEvent
{
    Task React(IReadOnlyList<Told<TEvent>> told, CancellationToken cancellation);
}
