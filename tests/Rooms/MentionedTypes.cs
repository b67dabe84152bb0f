using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Ndt.Tests.Rooms;

/// <summary>Which types the compiled code of a type mentions: in its base, its interfaces, its members' signatures and the bodies of its methods.</summary>
internal static class MentionedTypes
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Instructions =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>
    /// The mentioned types, taken apart: <c>List&lt;Spectrum[]&gt;</c> gives <c>List&lt;&gt;</c> and <c>Spectrum</c>. What the compiler leaves no trace of
    /// (constants, <c>nameof</c>, references in documentation, unused <c>using</c> lines) is not seen; nested types are not entered.
    /// </summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(found, type.BaseType);
        Array.ForEach(type.GetInterfaces(), each => Add(found, each));
        Array.ForEach(type.GetFields(Declared), field => Add(found, field.FieldType));
        foreach (var attribute in type.GetCustomAttributesData())
        {
            Add(found, attribute.AttributeType);
        }

        foreach (var method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
        {
            AddSignature(found, method);
            AddBody(found, method);
        }

        return found;
    }

    /// <summary>The members of types, and types, that the instructions of a method name: what it calls, reads, makes and passes on.</summary>
    public static IEnumerable<MemberInfo> InBody(MethodBase method)
    {
        var typeArguments = method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.GetMethodBody() is { } body
            ? Tokens(body.GetILAsByteArray()!).Select(token => method.Module.ResolveMember(token, typeArguments, methodArguments)!)
            : [];
    }

    /// <summary>The types in a method's signature, and the one that declares it.</summary>
    public static IReadOnlySet<Type> InSignature(MethodBase method)
    {
        var found = new HashSet<Type>();
        AddSignature(found, method);
        return found;
    }

    private static void AddSignature(HashSet<Type> found, MethodBase method)
    {
        Array.ForEach(method.GetParameters(), parameter => Add(found, parameter.ParameterType));
        Add(found, (method as MethodInfo)?.ReturnType);
        Add(found, method.DeclaringType);
        if (method.IsGenericMethod)
        {
            Array.ForEach(method.GetGenericArguments(), argument => Add(found, argument));
        }
    }

    private static void AddBody(HashSet<Type> found, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        foreach (var local in body.LocalVariables)
        {
            Add(found, local.LocalType);
        }

        foreach (var clause in body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause))
        {
            Add(found, clause.CatchType);
        }

        foreach (var member in InBody(method))
        {
            switch (member)
            {
                case Type mentioned:
                    Add(found, mentioned);
                    break;
                case FieldInfo field:
                    Add(found, field.DeclaringType);
                    Add(found, field.FieldType);
                    break;
                case MethodBase called:
                    AddSignature(found, called);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The tokens of types, fields and methods in a method's instructions (ECMA-335, III.1.9).</summary>
    private static IEnumerable<int> Tokens(byte[] instructions)
    {
        for (var at = 0; at < instructions.Length;)
        {
            var code = instructions[at] == 0xFE ? Instructions[(short)(0xFE00 | instructions[at + 1])] : Instructions[instructions[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BinaryPrimitives.ReadInt32LittleEndian(instructions.AsSpan(at));
            }

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(instructions.AsSpan(at))),
                _ => 4,
            };
        }
    }

    private static void Add(HashSet<Type> found, Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(found, type.GetElementType());
            return;
        }

        if (type.IsGenericType && !found.Contains(type))
        {
            found.Add(type.GetGenericTypeDefinition());
            Array.ForEach(type.GetGenericArguments(), argument => Add(found, argument));
            return;
        }

        found.Add(type);
    }
}
