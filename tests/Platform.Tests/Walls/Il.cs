using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Platform.Tests.Walls;

/// <summary>What the code of a type touches, read from its instructions: the members it calls, makes and names.</summary>
internal static class Il
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The types of which the code of this one (its lambdas and asynchronous methods included) makes
    /// instances, or which it takes as parameters of its lambdas and methods.</summary>
    public static IEnumerable<Type> MadeBy(Type type) => WithNested(type).SelectMany(t => MethodsOf(t).SelectMany(MadeBy)).Distinct();

    /// <summary>The same for one method, with what it was compiled into.</summary>
    public static IEnumerable<Type> MadeBy(MethodBase method)
    {
        var made = method.GetParameters().Select(p => p.ParameterType).ToList();
        made.AddRange(Members(method).OfType<ConstructorInfo>().Select(c => c.DeclaringType!));
        if (method.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType is { } machine)
            made.AddRange(MethodsOf(machine).SelectMany(m => Members(m).OfType<ConstructorInfo>().Select(c => c.DeclaringType!)));
        // A record taken with "with", or filled by the binder, is not made here, but is handed on.
        return made.Distinct();
    }

    public static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(WithNested).Prepend(type);

    public static IEnumerable<MethodBase> MethodsOf(Type type) =>
        type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything));

    /// <summary>Methods, constructors and types that the instructions name.</summary>
    public static IEnumerable<MemberInfo> Members(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray();
        if (il is null)
            yield break;
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            short value = il[at++];
            if (value == 0xFE)
                value = unchecked((short)(0xFE00 | il[at++]));
            var code = Codes[value];
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(il, at));
                    break;
                case OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    var member = method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments);
                    at += 4;
                    if (member is not null)
                        yield return member;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }
}
